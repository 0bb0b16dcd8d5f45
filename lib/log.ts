import "server-only";
import pino from "pino";

/** The one log. Structured; what may hold a secret is cut out by name, and nothing else is passed in whole. */
export const log = pino({
  base: undefined,
  redact: {
    paths: [
      "password",
      "pin",
      "code",
      "proof",
      "seed",
      "tradeKey",
      "refundKey",
      "*.password",
      "*.pin",
      "*.tradeKey",
      "*.refundKey",
      "secrets",
      "*.secrets",
    ],
    censor: "[cut]",
  },
});
