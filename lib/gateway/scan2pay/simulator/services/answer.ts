import type { Fault } from "../state/faults.ts";
import type { Merchant } from "../state/merchants.ts";
import type { World } from "../state/world.ts";

/** What a service says: a status code and, where it worked, Data; `method` once the wallet is known. */
export type ServiceAnswer = {
  code: string;
  data?: Record<string, unknown> | readonly unknown[];
  method?: string;
};

/** A request past the envelope: its Data parsed, its merchant known. */
export type ServiceCall = {
  world: World;
  merchant: Merchant;
  data: Record<string, unknown>;
  service: string;
  /** Where the payer page stands. */
  origin: string;
  /** What the control interface wants to go wrong with this call. */
  fault?: Fault;
};

export const refuse = (code: string): ServiceAnswer => ({ code });

/** A required text field, or null. */
export function textOf(data: Record<string, unknown>, name: string): string | null {
  const value = Object.hasOwn(data, name) ? data[name] : undefined;
  return typeof value === "string" && value !== "" ? value : null;
}

/** A whole positive amount as text or number; null for anything else (section 9, row 2). */
export function amountOf({ world, data }: ServiceCall, name: string): number | null {
  const value = data[name];
  const { amountInput } = world.settings;
  if (typeof value === "string" && amountInput !== "number" && /^[1-9]\d{0,11}$/.test(value))
    return Number(value);
  if (typeof value === "number" && amountInput !== "string" && Number.isSafeInteger(value) && value > 0)
    return value;
  return null;
}

/** Own numbers: up to 20 letters, digits and (unless strict) hyphens (row 4). */
export function isNumber(text: string, world: World): boolean {
  return (world.settings.strictNumbers ? /^[A-Za-z0-9]{1,20}$/ : /^[A-Za-z0-9-]{1,20}$/).test(text);
}
