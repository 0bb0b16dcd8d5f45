import type { JsonObject } from "#lib/gateway/simulator/json.ts";
import type { Fault } from "../state/faults.ts";
import type { Merchant } from "../state/merchants.ts";
import type { Order } from "../state/order.ts";
import type { World } from "../state/world.ts";

/** What a service says: `data` is signed when it is an object; `members` where only some of it is. */
export type ServiceAnswer = {
  readonly code: number;
  readonly data?: JsonObject | string;
  readonly members?: readonly string[];
  /** In place of the text that goes with the code. */
  readonly text?: string;
};

/** A call past its signature. */
export type ServiceCall = {
  readonly world: World;
  readonly merchant: Merchant;
  readonly params: { readonly [name: string]: string };
  /** The order that the parameters name, if there is one. */
  readonly order: Order | undefined;
  /** Where the payer page stands. */
  readonly origin: string;
  /** What the control interface wants to go wrong with this call. */
  readonly fault: Fault | undefined;
};

export const refuse = (code: number): ServiceAnswer => ({ code });

/** A business error of the KsherPay family: the call worked, its result is FAIL (section 5). */
export function fail({ params }: ServiceCall, errCode: string, more: JsonObject = {}): ServiceAnswer {
  const errMsg = errCode.replace(/^SIM_/, "").replaceAll("_", " ").toLowerCase();
  const { nonce_str = "" } = params;
  return { code: 0, data: { err_code: errCode, err_msg: errMsg, ...more, nonce_str, result: "FAIL" } };
}

/** A whole positive amount in plain digits, or null (section 11). */
export function amountOf(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,11}$/.test(text) ? Number(text) : null;
}
