/**
 * Whether a write comes from our own pages: Origin must be there and name our host; `null` and look-alikes do not. Where we
 * are reached over https (`isSecure`), a page that came over http is not ours: somebody on the way may have written it.
 */
export function isOwnOrigin(
  origin: string | null,
  host: string | null,
  { isSecure }: { readonly isSecure: boolean },
): boolean {
  if (!origin || !host || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.host === host && (!isSecure || url.protocol === "https:");
}
