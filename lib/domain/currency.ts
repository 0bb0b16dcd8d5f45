/** The currencies of the stores: New Taiwan dollar and Thai baht (ISO 4217). */
export const currencies = ["TWD", "THB"] as const;
export type Currency = (typeof currencies)[number];

/**
 * How many decimals people write. TWD has none here: both gateways' shops charge whole dollars
 * (Scan2Pay 4.1: TotalFee is whole TWD), so one minor unit is NT$1. THB has two: one minor unit is one satang.
 */
export const currencyDecimals: Record<Currency, number> = { TWD: 0, THB: 2 };
