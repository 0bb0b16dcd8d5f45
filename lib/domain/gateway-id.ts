/** The gateways we speak. A new one is a line here, a line in gateway/registry.ts and a folder. */
export const gatewayIds = ["scan2pay", "ksher"] as const;
export type GatewayId = (typeof gatewayIds)[number];
