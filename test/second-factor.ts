import { eq, sql } from "drizzle-orm";
import { TOTP } from "otpauth";
import { beginFactor, viewOwnFactor } from "#lib/auth/factor/begin-factor.ts";
import { confirmFactor } from "#lib/auth/factor/confirm-factor.ts";
import type { Database } from "#lib/db/client.ts";
import { secondFactor } from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";

export const stepMs = 30_000;

/** What an authenticator app with this key shows; `seedText` may have blanks, as on the page. */
export function appCode(seedText: string, atMs = Date.now()): string {
  return new TOTP({ secret: seedText.replaceAll(" ", "") }).generate({ timestamp: atMs });
}

/** Sets a second factor up as its person does at `/me`; the code that confirmed it counts as one step older, so that the next can come at once. */
export async function setUpFactor(database: Database, me: CurrentStaff) {
  await beginFactor(database, me);
  const own = await viewOwnFactor(database, me);
  if (own.state !== "offered") throw new Error(`nothing is offered: ${own.state}`);
  const { seedText, codes } = own.offer;
  const answer = await confirmFactor(database, me, { code: appCode(seedText) });
  if (!answer.ok) throw new Error(`not confirmed: ${answer.refusal.why}`);
  await database.db
    .update(secondFactor)
    .set({ lastStep: sql`last_step - 1` })
    .where(eq(secondFactor.staffId, me.staffId));
  return { seedText, codes };
}
