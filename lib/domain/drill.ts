import { demoMerchants } from "./demo-shop.ts";
import { ok, type Result, refuse } from "./result.ts";
import { type Role, roleCan } from "./staff.ts";

/** What a desk that starts finds in its books. `config`: what of an account's settings is not secret. */
export type DrillBooks = {
  /** They were begun as a drill's. */
  readonly isDrill: boolean;
  readonly accounts: readonly { readonly slug: string; readonly config: Readonly<Record<string, unknown>> }[];
  /** Usernames of staff who are not the demo's. */
  readonly strangers: readonly string[];
};

/**
 * Whether a desk may start on these books (docs/adr/0028): a drill only on books that hold nothing but the demo, a real desk on
 * no books that are a drill's. `begins`: they become a drill's now, for good. The refusal is one sentence for the operator.
 */
export function judgeDrill(isDrillDesk: boolean, books: DrillBooks): Result<"begins" | "stays", string> {
  if (!isDrillDesk)
    return books.isDrill
      ? refuse(
          "These books are those of a drill: nothing in them is money. Start them with STOREDESK_DRILL=1.",
        )
      : ok("stays");
  for (const { slug, config } of books.accounts) {
    const outside = addressesIn(config).find((address) => !isOnThisMachine(address));
    if (outside !== undefined)
      return refuse(
        `This is no drill: the merchant account ${slug} of these books reaches a gateway at ${hostOf(outside)}. ${advice}`,
      );
    if (!isOfDemo(slug, config))
      return refuse(`This is no drill: these books hold the merchant account ${slug}. ${advice}`);
  }
  // People are hired and dismissed in a drill too; books of anybody else never become one.
  const [stranger] = books.strangers;
  if (!books.isDrill && stranger !== undefined)
    return refuse(`This is no drill: ${stranger} works on these books. ${advice}`);
  return ok(books.isDrill ? "stays" : "begins");
}

/** Where somebody finds the drill from the real desk: whoever leads, where there is one. A drill leads to no other. */
export function drillLink(
  role: Role,
  { isDrill, url }: { readonly isDrill: boolean; readonly url: string | null },
): string | null {
  return !isDrill && roleCan(role, "begin-anew") ? url : null;
}

const advice = "STOREDESK_DRILL=1 is for books of their own; `npm run drill` makes them.";

function addressesIn(config: Readonly<Record<string, unknown>>): string[] {
  return Object.values(config).filter(
    (value): value is string => typeof value === "string" && /^[a-z][a-z0-9+.-]*:\/\//i.test(value),
  );
}

function isOnThisMachine(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  );
}

/** The host alone: an address may hold a name and a password. */
function hostOf(address: string): string {
  return URL.parse(address)?.host || "an unreadable address";
}

/** Behind an address on this machine may be a tunnel to anywhere: the merchant has to be the simulator's too. */
function isOfDemo(slug: string, config: Readonly<Record<string, unknown>>): boolean {
  const merchant = Object.entries(demoMerchants).find(([known]) => known === slug)?.[1];
  return merchant !== undefined && Object.values(config).includes(merchant);
}
