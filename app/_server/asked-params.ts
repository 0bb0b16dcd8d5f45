import "server-only";

/** The search parameters of an address as pages get them: of a repeated one, the first counts. */
export function askedParams(request: Request): Record<string, string> {
  return Object.fromEntries([...new URL(request.url).searchParams].toReversed());
}
