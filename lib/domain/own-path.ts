/** Any origin will do: only whether a path stays on it counts. */
const here = "https://here.invalid";

/**
 * A place of ours to go on to after signing in, from an address that anybody may have written: a path of our own origin
 * with its query, or null. Other origins, other schemes, `//host` and `/\host` in any spelling, and the sign-in page
 * itself lead nowhere.
 */
export function ownPath(text: string | null | undefined): string | null {
  if (!text || text.length > 512 || !text.startsWith("/") || !URL.canParse(text, here)) return null;
  const { origin, pathname, search } = new URL(text, here);
  if (origin !== here || pathname.startsWith("//") || pathname.startsWith("/signin")) return null;
  return pathname === "/" && search === "" ? null : pathname + search;
}
