import "server-only";
import type { Database } from "#lib/db/client.ts";
import type { Capabilities } from "#lib/domain/gateway-facts.ts";
import type { GatewayId } from "#lib/domain/gateway-id.ts";
import type { Gateway } from "#lib/gateway/gateway.ts";
import type { Bell } from "./bell.ts";
import type { LaneLines } from "./lane-lines.ts";

/** A merchant account with its line to the gateway. Keys live inside `gateway` and nowhere else. */
export type OpenAccount = {
  readonly id: string;
  readonly slug: string;
  readonly storeId: string;
  readonly storeCode: string;
  readonly gateway: Gateway;
};

/** What every use-case works with. Time comes from the database; ids and keys from here. */
export type Context = {
  readonly database: Database;
  /** This process, as lane and lease holder. */
  readonly instanceId: string;
  /** Rung by the door after every deed of a person; a deed that nobody rings for is found all the same. */
  readonly bell: Bell;
  readonly lines: LaneLines;
  /** Opens an account's line; decrypts its keys for as long as the returned object lives. */
  openAccount(accountId: string): Promise<OpenAccount>;
  /** What an account can do, without its keys. */
  capabilitiesOf(account: {
    readonly gateway: GatewayId;
    readonly config: Record<string, unknown>;
  }): Capabilities;
  /** A wallet code in the words people know; a code nobody knows comes back as it is. */
  walletName(gateway: GatewayId, wallet: string): string;
};
