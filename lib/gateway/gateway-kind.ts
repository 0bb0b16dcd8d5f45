import "server-only";
import type { Capabilities } from "#lib/domain/gateway-facts.ts";
import type { GatewayId } from "#lib/domain/gateway-id.ts";
import type { Gateway } from "./gateway.ts";
import type { Practice } from "./practice-line.ts";

/** A fault in an account's settings: where in the provisioning entry, and a sentence. */
export type SettingsFault = { readonly path: string; readonly message: string };

/** An account's settings split into what may be read (`config`) and what is stored encrypted (`secrets`). Both plain JSON. */
export type AccountSettings = {
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
};

/** What a gateway wants to read so that it stops repeating a notice. */
export type NoticeReply = { readonly contentType: string; readonly body: string };

/**
 * One thing an account's entry says, for whoever fills it in at a page; label and hint are message keys under
 * `settings.<gateway>.<words>`. `secret` and `secretPem` are written and never shown again.
 */
export type SettingField = {
  readonly name: string;
  readonly kind: "text" | "pem" | "secret" | "secretPem" | "choice" | "flag";
  /** What stands there at first; a flag stands for yes with "yes". */
  readonly start?: string;
  readonly choices?: readonly string[];
  /** The field's name, but where that is looked for in what browsers get (scripts/client-bundle.mjs): they get all words. */
  readonly words?: string;
};

/** Everything the house needs to know of one kind of gateway; `registry.ts` holds one per id. */
export type GatewayKind = {
  readonly id: GatewayId;
  /** What an entry holds beside slug, store and gateway, in the order it is asked for. */
  readonly settingFields: readonly SettingField[];
  /** Reads one `merchantAccounts` entry of the provisioning file; passwords become the hashes the gateway wants. */
  readSettings(
    entry: unknown,
  ):
    | { readonly ok: true; readonly value: AccountSettings }
    | { readonly ok: false; readonly faults: readonly SettingsFault[] };
  capabilities(config: AccountSettings["config"]): Capabilities;
  /** Whom the gateway counts questions for: accounts with the same one ask one after the other. */
  laneKey(config: AccountSettings["config"]): string;
  /** Where a drill reaches this account's simulator. */
  practice(config: AccountSettings["config"]): Practice;
  /** A payment method as staff call it; codes without a name come back as they are. */
  walletName(wallet: string): string;
  /** Our answer to a notice that was stored, doubled ones included. */
  readonly noticeReply: NoticeReply;
  /** Opens a line with decrypted settings. Throws when stored settings do not parse: a bug or a wrong master key. */
  open(settings: AccountSettings): Gateway;
};
