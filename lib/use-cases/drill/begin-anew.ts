import "server-only";
import { isDrillBooks } from "#lib/db/drill/is-drill-books.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { type DeedAbout, type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";
import { askAnew, hasLauncher } from "./launcher.ts";

export type AnewRefusal = DeedRefusal | { readonly why: "noLauncher" };
type Launcher = { readonly isThere: () => boolean; readonly ask: (by: string) => void };

/**
 * Lays a drill out anew: its books and simulators are as on the first day, and everybody signs in again. The desk stops for it some
 * seconds after this answers. Not found in a desk that is no drill; `noLauncher`: this process does not keep its own books.
 */
export async function beginAnew(
  ctx: Context,
  by: CurrentStaff,
  launcher: Launcher = { isThere: hasLauncher, ask: askAnew },
): Promise<Result<null, AnewRefusal>> {
  type Refusal = Exclude<AnewRefusal, DeedRefusal>;
  const about: DeedAbout = { storeId: null, orderId: null, subject: null, facts: {} };
  const answer = await staffDeed<null, Refusal, DeedAbout>(ctx, by, {
    permission: "begin-anew",
    find: async (tx) => ((await isDrillBooks(tx)) ? about : null),
    act: async () => (launcher.isThere() ? ok(null) : refuse({ why: "noLauncher" as const })),
  });
  if (answer.ok) launcher.ask(by.username);
  return answer;
}
