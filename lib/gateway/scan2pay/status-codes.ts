import "server-only";
import type { DeclineReason, UnknownWhy } from "../gateway.ts";

/** What kind of answer a code is (protocol section 7). */
type StatusClass =
  | "ok"
  | "pending"
  | "unknown"
  | "dup"
  | "done"
  | "notfound"
  | "input"
  | "auth"
  | "limit"
  | "declined"
  | "config";

/** What a code lets us say. A decline is the gateway's claim; for money only a later query settles it. */
export type StatusVerdict =
  | { readonly kind: "done" }
  | { readonly kind: "declined"; readonly reason: DeclineReason }
  | { readonly kind: "unknown"; readonly why: UnknownWhy };

/** The verdict of a class, unless the row says more. */
const verdictOfClass: Record<StatusClass, StatusVerdict> = {
  ok: { kind: "done" },
  pending: { kind: "unknown", why: "gateway-pending" },
  unknown: { kind: "unknown", why: "gateway-trouble" },
  dup: { kind: "declined", reason: "duplicate-number" },
  done: { kind: "declined", reason: "already-done" },
  notfound: { kind: "declined", reason: "not-found" },
  input: { kind: "declined", reason: "our-request" },
  auth: { kind: "declined", reason: "credentials" },
  limit: { kind: "declined", reason: "refused" },
  declined: { kind: "declined", reason: "refused" },
  config: { kind: "declined", reason: "configuration" },
};

type StatusRow = readonly [statusClass: StatusClass, meaning: string, reason?: DeclineReason];

/** Every code of the vendor's appendix: its class, its meaning, and the reason where its class does not say it all. */
const table: Readonly<Record<string, StatusRow>> = {
  "0000": ["ok", "call executed"],
  "2000": ["notfound", "nothing matches the criteria"],
  "2005": ["unknown", "data mapping fault"],
  "6001": ["done", "the e-invoice was voided"],
  "6002": ["notfound", "no such e-invoice"],
  "7000": ["dup", "StoreOrderNo was used before"],
  "7001": ["done", "order is already refunded or cancelled"],
  "7002": ["notfound", "no order with that StoreOrderNo"],
  "7003": ["dup", "StoreRefundNo was used before"],
  "7004": ["notfound", "no such refund"],
  "7100": ["auth", "security check not passed"],
  "7101": ["input", "transaction tag missing"],
  "7102": ["input", "order number did not validate"],
  "7103": ["input", "order amount did not validate", "amount"],
  "7104": ["input", "refund number did not validate"],
  "7105": ["auth", "TradeKey (or RefundKey) wrong; must be lower-case SHA-256 hex"],
  "7106": ["config", "merchant device problem"],
  "7107": ["limit", "refund amount did not validate", "amount"],
  "7108": ["limit", "too soon after the previous refund", "too-soon"],
  "7110": ["limit", "refund amount does not agree with the order", "amount"],
  "7111": ["limit", "sum of refunds would exceed the order", "amount"],
  "7112": ["done", "order is already fully refunded"],
  "7113": ["limit", "the order to refund was never paid", "not-payable-back"],
  "7114": ["pending", "order is still being processed", "in-progress"],
  "7115": ["input", "differs from the original order"],
  "7116": ["input", "differs from the original refund"],
  "7117": ["input", "transaction type missing"],
  "7118": ["input", "transaction type not valid"],
  "7119": ["pending", "another refund of the order is in progress", "in-progress"],
  "7120": ["input", "bar code or command badly formed"],
  "7121": ["declined", "bar code unknown"],
  "7122": ["declined", "consumer payment password wrong"],
  "7123": ["declined", "bar code expired"],
  "7124": ["input", "time badly formed"],
  "7125": ["input", "amount badly formed"],
  "7126": ["limit", "amount wrong or above the ceiling", "amount"],
  "7127": ["input", "store order number wrong"],
  "7128": ["input", "store transaction number badly formed"],
  "7129": ["input", "store code wrong"],
  "7130": ["input", "device code wrong"],
  "7131": ["input", "item badly formed"],
  "7132": ["auth", "merchant id wrong"],
  "7133": ["done", "cancelled before"],
  "7134": ["declined", "cancellation failed"],
  "7135": ["input", "system transaction number wrong"],
  "7136": ["input", "refund target wrong"],
  "7137": ["done", "refunded before"],
  "7138": ["declined", "refund failed"],
  "7139": ["input", "refund amount badly formed"],
  "7140": ["input", "query target wrong"],
  "7141": ["unknown", "query failed"],
  "7142": ["declined", "order could not be created"],
  "7143": ["auth", "vendor authentication token wrong"],
  "7144": ["auth", "vendor authentication token unknown"],
  "7145": ["auth", "abnormal API use detected, access refused", "locked-out"],
  "7146": ["dup", "transaction number used before"],
  "7147": ["input", "acceptance method does not exist"],
  "7148": ["input", "bill message too long"],
  "7149": ["input", "order notice too long"],
  "7150": ["input", "item list badly formed"],
  "7151": ["input", "item name too long"],
  "7152": ["input", "item quantity badly formed"],
  "7153": ["input", "item price badly formed"],
  "7154": ["input", "refund message too long"],
  "7155": ["limit", "refund period is over", "too-late"],
  "7156": ["config", "certificate missing on the merchant side"],
  "7157": ["config", "certificate missing on the platform side"],
  "7158": ["auth", "merchant IP address not accepted", "locked-out"],
  "7159": ["input", "payment method code wrong"],
  "7160": ["input", "order currency wrong"],
  "7161": ["config", "provider has no exchange rate"],
  "7162": ["config", "no exchange rate"],
  "7163": ["config", "merchant cannot create payment orders now"],
  "7164": ["input", "return URL for an unpaid mobile session"],
  "7165": ["input", "response URL badly formed"],
  "7166": ["input", "URL not allowed or not on the white list"],
  "7167": ["config", "device code is disabled"],
  "7168": ["auth", "refund password (RefundKey) wrong"],
  "7200": ["config", "offline service not enabled"],
  "7201": ["config", "merchant service not enabled"],
  "7202": ["auth", "signature did not verify"],
  "7203": ["config", "payment channel cannot be used"],
  "7300": ["declined", "contact the card issuer"],
  "7301": ["declined", "transaction refused"],
  "7302": ["declined", "card to be retained"],
  "7303": ["declined", "card expired"],
  "7304": ["input", "transaction date wrong"],
  "7305": ["pending", "transaction timed out"],
  "7306": ["declined", "risk, instalment or bonus data unreadable"],
  "7307": ["input", "instalment data wrong"],
  "7308": ["input", "bonus point data wrong"],
  "7309": ["config", "instalments not supported"],
  "7310": ["config", "bonus points not supported"],
  "7311": ["input", "number of instalments missing"],
  "7312": ["input", "transaction mode wrong"],
  "7313": ["pending", "transaction timed out"],
  "7314": ["declined", "card number wrong"],
  "7315": ["declined", "3-D Secure check failed"],
  "7316": ["input", "card expiry badly formed"],
  "7317": ["config", "terminal lacks the function"],
  "7318": ["input", "transaction code wrong"],
  "7319": ["input", "order number not valid, authorisation cannot be cancelled"],
  "7320": ["config", "terminal not registered"],
  "7321": ["declined", "issuer 3-D Secure signature did not verify"],
  "7322": ["declined", "issuer 3-D Secure server answered an error"],
  "7323": ["limit", "merchant monthly ceiling reached"],
  "7324": ["limit", "single transaction ceiling exceeded", "amount"],
  "7325": ["dup", "captured before"],
  "7326": ["declined", "cardholder IP wrong"],
  "7327": ["limit", "too late to cancel", "too-late"],
  "7328": ["config", "no instalments for this card type"],
  "7329": ["config", "bonus points for this card type have lapsed"],
  "7330": ["config", "card type disabled on the terminal"],
  "7340": ["config", "no bonus points for this card type"],
  "7341": ["pending", "handed to the issuer for 3-D Secure"],
  "7342": ["declined", "card authorisation failed"],
  "7343": ["declined", "instalments not open to foreign cards"],
  "7344": ["declined", "store takes no foreign cards"],
  "7345": ["limit", "authorisation ceiling reached"],
  "7346": ["limit", "instalment sale must be captured or refunded in full", "partial-not-allowed"],
  "7347": ["input", "CVV badly formed"],
  "7348": ["config", "direct card-number authorisation not accepted"],
  "7349": ["config", "store has no single-payment card service"],
  "7404": ["unknown", "unknown error"],
  "8001": ["input", "data conversion failed"],
  "8002": ["input", "data format wrong"],
  "8003": ["input", "decryption failed"],
  "8004": ["input", "check code wrong"],
  "8005": ["input", "version not supported"],
  "8006": ["auth", "login failed"],
  "8007": ["auth", "no such user"],
  "8008": ["auth", "account is logged in on another device"],
  "8009": ["auth", "session not valid"],
  "8010": ["input", "wrong transport method"],
  "8011": ["unknown", "database fault"],
  "8012": ["unknown", "exchange rate service fault"],
  "8013": ["dup", "user or id exists"],
  "8014": ["limit", "risk control ceiling reached"],
  "8015": ["unknown", "network connection failed"],
  "9994": ["unknown", "encryption, decryption or network fault; check the public key"],
  "9995": ["unknown", "system fault; also what a request that cannot be opened gets, as a bare body"],
  "9996": ["unknown", "TLS socket to the back end failed"],
  "9997": ["pending", "transaction still in progress"],
  // The paper reads 9998 as a refusal, the money paper (2.5) as trouble: for money, only a later query may say no.
  "9998": ["unknown", "transaction failed"],
  "9999": ["unknown", "service temporarily unavailable"],
};

/** One code of the table, read. */
export type Scan2PayStatus = { readonly verdict: StatusVerdict; readonly meaning: string };

/**
 * What a StatusCode means (protocol section 7, complete as of 2020). A code the table does not know leaves us not knowing:
 * never a success, never a refusal.
 */
export function scan2payStatus(code: string): Scan2PayStatus {
  const row = Object.hasOwn(table, code) ? table[code] : undefined;
  if (row === undefined)
    return { verdict: { kind: "unknown", why: "unknown-code" }, meaning: "code not in the vendor's list" };
  const [statusClass, meaning, reason] = row;
  return {
    verdict: reason === undefined ? verdictOfClass[statusClass] : { kind: "declined", reason },
    meaning,
  };
}
