import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { incident, installation, staff as staffTable } from "#lib/db/schema.ts";
import { maySwitchOn, type SwitchRefusal } from "#lib/domain/recovery/restore.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { closeIncident } from "../incidents/open-incident.ts";
import { type DeedAbout, type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";

export type SwitchOnRefusal = DeedRefusal | { readonly why: SwitchRefusal };

/**
 * Agrees that sending goes on after a restore. The first press is noted; the second, by another person, switches it on. One
 * of the two is an owner, and nothing is switched before every account was looked through (money.md C13).
 */
export async function switchSendingOn(
  ctx: Context,
  staff: CurrentStaff,
): Promise<Result<{ step: "first" | "on" }, SwitchOnRefusal>> {
  type About = DeedAbout & { readonly books: typeof installation.$inferSelect };
  return staffDeed<{ step: "first" | "on" }, { why: SwitchRefusal }, About>(ctx, staff, {
    permission: "switch-sending-on",
    find: async (tx) => {
      const [books] = await tx.select().from(installation).where(eq(installation.id, 1)).for("update");
      if (!books) return null;
      const facts = { reason: books.sendingOffWhy ?? "" };
      return { books, storeId: null, orderId: null, subject: books.epoch, facts };
    },
    act: async (tx, who, { books }) => {
      const state = {
        isOff: books.sendingOffWhy !== null,
        isReconciled: await isReconciled(tx),
        first: await firstOf(tx, books),
      };
      const may = maySwitchOn(state, { personId: who.personId, isOwner: who.role === "owner" });
      if (!may.ok) return refuse({ why: may.why });
      await (may.step === "on" ? switchOn(tx, who) : noteFirst(tx, who));
      return ok({ step: may.step });
    },
  });
}

async function isReconciled(tx: Db): Promise<boolean> {
  const { rows } = await tx.execute(
    sql`select 1 from account_chore where kind = 'reconcile' and done_at is null limit 1`,
  );
  return rows.length === 0;
}

/** The first of the two, as far as they may still say so. */
async function firstOf(tx: Db, { switchBy, switchPerson }: typeof installation.$inferSelect) {
  if (!switchBy || !switchPerson) return null;
  const [row] = await tx.select().from(staffTable).where(eq(staffTable.id, switchBy));
  if (!row?.isActive || !roleCan(row.role, "switch-sending-on")) return null;
  return { personId: switchPerson, isOwner: row.role === "owner" };
}

async function noteFirst(tx: Db, who: CurrentStaff): Promise<void> {
  await tx
    .update(installation)
    .set({ switchBy: who.staffId, switchPerson: who.personId, switchAt: sql`clock_timestamp()` })
    .where(eq(installation.id, 1));
}

async function switchOn(tx: Db, who: CurrentStaff): Promise<void> {
  await tx
    .update(installation)
    .set({ sendingOffWhy: null, sendingOffAt: null, switchBy: null, switchPerson: null, switchAt: null })
    .where(eq(installation.id, 1));
  const open = await tx
    .select({ id: incident.id })
    .from(incident)
    .where(sql`${incident.kind} = 'restored' and ${incident.closedAt} is null`);
  for (const { id } of open) await closeIncident(tx, id, { why: "sendingIsOn", staff: who });
}
