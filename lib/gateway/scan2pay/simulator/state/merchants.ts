import { createHash } from "node:crypto";

/** A merchant account at the simulated gateway. Its passwords are made up and shown to whoever asks. */
export type Merchant = {
  mchId: string;
  tradePassword: string;
  refundPassword: string;
  partialRefund: boolean;
  /** Where payment notices go; null sends none. */
  notifyUrl: string | null;
  enabled: boolean;
};

export const defaultMerchants: readonly Merchant[] = [
  merchant("S2PSIM0001", { partialRefund: false }),
  merchant("S2PSIM0002", { partialRefund: true }),
];

export function merchant(mchId: string, changes: Partial<Merchant>): Merchant {
  const standard = {
    tradePassword: "1234",
    refundPassword: "0000",
    partialRefund: false,
    notifyUrl: null,
    enabled: true,
  };
  return { ...standard, ...changes, mchId };
}

/** SHA-256 of a password as 64 lower-case hex characters: TradeKey and RefundKey (section 3.1). */
export function hashedPassword(password: string): string {
  return createHash("sha256").update(password, "utf8").digest("hex");
}

export function fitsPassword(key: unknown, password: string, keyCase: "exact" | "any"): boolean {
  if (typeof key !== "string") return false;
  return (keyCase === "any" ? key.toLowerCase() : key) === hashedPassword(password);
}
