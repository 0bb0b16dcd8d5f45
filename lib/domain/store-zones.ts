/** Where our stores are: a new one chooses among these. The provisioning file takes any zone. */
export const storeZones = ["Asia/Taipei", "Asia/Bangkok"] as const;
