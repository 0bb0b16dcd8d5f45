import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { auditEvent, evidence, opAttempt } from "#lib/db/schema.ts";
import { canMove, type MoneyOpState, moneyOpStates } from "#lib/domain/money-op.ts";
import type { At } from "../../counter.ts";
import type { Profile } from "./profile.ts";
import { type Counter, type Op, opsOf } from "./recover.ts";

type Books = Pick<Counter, "database">;

type Effect = { readonly kind: string; readonly amount: number; readonly origin?: string };
type Ledger = { readonly state: string; readonly effects: readonly Effect[] };

/** What really happened to an order, by the gateway's own ledger. */
async function ledgerOf({ control }: Counter, { orderNo }: At): Promise<Ledger> {
  const [{ state, effects }] = await control("GET", `orders?storeOrderNo=${orderNo}`);
  const moved = effects.filter(({ kind }: Effect) => kind !== "pay");
  return { state, effects: moved.map(({ kind, amount }: Effect) => ({ kind, amount })) };
}

/** Who gave back what of an order, by the same ledger. */
export async function effectsOf({ control }: Counter, { orderNo }: At): Promise<readonly Effect[]> {
  const [{ effects }] = await control("GET", `orders?storeOrderNo=${orderNo}`);
  return effects;
}

/**
 * I1 to I5 for one order whose operations are at rest: at most one operation and one effect; SUCCEEDED exactly where the
 * gateway's ledger has it; sent once at most; every move told once by the audit, in an order the rules allow. Gives where the operation ended.
 */
export async function mustHold(counter: Counter, at: At): Promise<MoneyOpState | null> {
  const ops = await opsOf(counter, at);
  const { state, effects } = await ledgerOf(counter, at);
  expect(ops.length).toBeLessThanOrEqual(1);
  const [op] = ops;
  const isDone = op?.state === "SUCCEEDED";
  expect(effects).toEqual(isDone && op.kind === "REFUND" ? [{ kind: "refund", amount: op.amountMinor }] : []);
  if (op?.kind === "CANCEL") expect(isDone).toBe(state !== "open");
  if (op) expect(await movesTold(counter, op)).toBe("whole");
  if (op) expect(await timesSent(counter, op)).toBeLessThanOrEqual(1);
  return op?.state ?? null;
}

/** What the audit tells of an operation's moves, from READY to where it stands: whole, or what is missing, doubled or not legal. */
export async function movesTold({ database }: Books, op: Op): Promise<string> {
  const lines = await database.db
    .select()
    .from(auditEvent)
    .where(eq(auditEvent.subject, op.merchantNo))
    .orderBy(auditEvent.seq);
  const moves = lines.flatMap(({ facts }) => moneyOpStates.filter((state) => state === facts.to));
  const path: readonly MoneyOpState[] = ["READY", ...moves];
  const isLegal = path.every((to, step) => step === 0 || canMove(path[step - 1] ?? "READY", to));
  return isLegal && path.at(-1) === op.state ? "whole" : `${path.join(" → ")}, stands ${op.state}`;
}

/** How often its bytes may have left: claims without those of which it is proven that nothing did. */
export async function timesSent({ database: { db } }: Books, { id }: Op): Promise<number> {
  const claims = await db.select().from(opAttempt).where(eq(opAttempt.opId, id));
  const proofs = and(eq(evidence.opId, id), eq(evidence.source, "send"), eq(evidence.outcome, "not-sent"));
  return claims.length - (await db.select().from(evidence).where(proofs)).length;
}

/** How often the audit tells that staff did this to the order. */
export async function timesTold({ database }: Counter, at: At, action: string): Promise<number> {
  const done = and(
    eq(auditEvent.orderId, at.id),
    eq(auditEvent.action, action),
    eq(auditEvent.outcome, "done"),
  );
  return (await database.db.select().from(auditEvent).where(done)).length;
}

/** How often an answer that the gateway gave to a send is written down as that. */
export async function answersKept(counter: Counter, { answeredAs }: Profile, at: At): Promise<number> {
  const [op] = await opsOf(counter, at);
  const good = answeredAs[op?.kind === "CANCEL" ? "cancel" : "refund"];
  const seen = await counter.database.db
    .select()
    .from(evidence)
    .where(eq(evidence.opId, op?.id ?? ""));
  return seen.filter(({ source, outcome }) => source === "send" && outcome === good).length;
}
