import "server-only";

export * from "./schema/audit.ts";
export * from "./schema/factors.ts";
export * from "./schema/keys.ts";
export * from "./schema/money.ts";
export * from "./schema/notices.ts";
export * from "./schema/orders.ts";
export * from "./schema/recovery.ts";
export * from "./schema/staff.ts";
export * from "./schema/stores.ts";
