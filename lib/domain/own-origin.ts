/** Whether a write comes from our own pages: Origin must be there and name our host; `null` and look-alikes do not. */
export function isOwnOrigin(origin: string | null, host: string | null): boolean {
  if (!origin || !host || !URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}
