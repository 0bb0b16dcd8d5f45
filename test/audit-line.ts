import type { AuditLine } from "#lib/db/audit.ts";

/** A line about nobody and nothing in particular, but for what is given. */
export const anyLine = (own: Partial<AuditLine> = {}): AuditLine => ({
  ...{ action: "look-up-order", outcome: "done", facts: {} },
  ...{ staffId: null, storeId: null, orderId: null, subject: null, deviceId: null },
  ...own,
});
