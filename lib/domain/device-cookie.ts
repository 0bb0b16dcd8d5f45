/** The cookie that names a device. Made at its first page; a name, not a proof. */
export const deviceCookie = "device";
