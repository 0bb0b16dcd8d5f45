import "server-only";
import type pg from "pg";
import { inSpan } from "#lib/trace.ts";
import { type Database, type Db, typedAccess } from "./client.ts";

/** COMMIT was sent and not acknowledged: it may have happened. Decide by reading, never by guessing. */
export class CommitUnknownError extends Error {
  override readonly name = "CommitUnknownError";
}

/** What each open transaction still does before its COMMIT. */
const lastly = new WeakMap<Db, (() => Promise<void>)[]>();

/**
 * Has `act` done in the caller's transaction when all its other work is, right before COMMIT; outside of `withTx` at once. For what
 * everybody waits for in line: taken last, it is held shortest, and nobody who holds it waits for another lock.
 */
export async function beforeCommit(tx: Db, act: () => Promise<void>): Promise<void> {
  const acts = lastly.get(tx);
  if (acts) acts.push(act);
  else await act();
}

/**
 * Runs `work` in one transaction on one connection and commits. Any error before COMMIT rolls back and is thrown as it is;
 * an error of COMMIT itself becomes CommitUnknownError. The connection is destroyed after any error (drizzle's own
 * transaction keeps it, issues #6023, #6114), so a restarted database leaves the pool whole.
 */
export function withTx<T>(
  database: Database,
  work: (tx: Db, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return inSpan("transaction", {}, () => transact(database, work));
}

async function transact<T>(
  { pool }: Database,
  work: (tx: Db, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query("begin");
    const tx = typedAccess(client);
    const acts: (() => Promise<void>)[] = [];
    lastly.set(tx, acts);
    const value = await work(tx, client);
    lastly.delete(tx);
    for (const act of acts) await act();
    await client.query("commit").catch((error: unknown) => {
      throw new CommitUnknownError("the database did not acknowledge a commit", { cause: error });
    });
    return value;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    if (!(failure instanceof CommitUnknownError)) {
      await client.query("rollback").then(
        () => (failure = isServerError(failure) ? undefined : failure),
        () => undefined,
      );
    }
    throw error;
  } finally {
    client.release(failure);
  }
}

/** An error the server reported over a healthy connection, such as a broken constraint: the connection stays good. */
function isServerError(error: Error | undefined): boolean {
  return field(error, "code") !== null;
}

/** The name of the broken constraint, also through drizzle's wrapper. */
export function brokenConstraint(error: unknown): string | null {
  return field(error, "constraint");
}

function field(error: unknown, name: "code" | "constraint"): string | null {
  let at: unknown = error;
  while (at instanceof Error) {
    const value: unknown = Reflect.get(at, name);
    if (typeof value === "string" && value !== "" && Reflect.has(at, "severity")) return value;
    at = at.cause;
  }
  return null;
}
