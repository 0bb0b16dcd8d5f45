import { paths } from "#lib/domain/paths.ts";

/** Longer than this nobody waits for a short cut. */
const patienceMs = 2_000;

/**
 * Where a scan leads: straight to the order if the books know one alone with this number, else to the page of the look-up, which
 * has something to say. Through that page every order would be a page more to draw.
 */
export async function placeOf(raw: string, list: string): Promise<string> {
  const order = await fetch(paths.known(raw), { cache: "no-store", signal: AbortSignal.timeout(patienceMs) })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((said) => said?.order ?? null)
    .catch(() => null);
  return order ? paths.order(order.account, order.orderNo, list) : paths.search(raw, list);
}
