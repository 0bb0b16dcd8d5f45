/** Secrets of the stories' second shop, made up to be recognised wherever they turn up (scripts/canary). */
export const canaries = {
  tradePassword: "canary-trade-Vq7Yw2kd",
  refundPassword: "canary-refund-Hx9Lm4zs",
  password: "canary-password-Jt5Rc8bn",
  pin: "975310",
} as const;
