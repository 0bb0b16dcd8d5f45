import "server-only";
import type pg from "pg";
import type { BackupTable } from "./format.ts";

/**
 * Whose rows stay out of a backup: sessions and PINs typed for one decision, so that nobody who was signed out comes back with
 * a restore, and the copies of the audit's head, which only say who was running.
 */
const leftOut = ["app_session", "step_up", "head_copy"];

type Row = BackupTable & { readonly needs: readonly string[] };

/** The tables a backup holds, each after those its rows lean on. */
export async function tablesOf(client: pg.ClientBase): Promise<readonly BackupTable[]> {
  const { rows } = await client.query<Row>(
    `select c.relname::text as "table",
            array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
                     and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
            array(select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
                   where k.conrelid = c.oid and k.contype = 'f' and f.oid <> c.oid) as needs
       from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> all($1)
      order by c.relname`,
    [leftOut],
  );
  return inOrder(rows);
}

function inOrder(rows: readonly Row[]): readonly BackupTable[] {
  const placed: BackupTable[] = [];
  let left = [...rows];
  while (left.length > 0) {
    const names = new Set(left.map(({ table }) => table));
    const next = left.filter(({ needs }) => needs.every((need) => !names.has(need)));
    if (next.length === 0) throw new Error(`tables lean on each other in a circle: ${[...names]}`);
    placed.push(...next.map(({ table, columns }) => ({ table, columns })));
    left = left.filter((row) => !next.includes(row));
  }
  return placed;
}

/** The last number each sequence gave; null: none yet. Sequences know no transactions, so they are read last. */
export async function sequencesOf(client: pg.ClientBase): Promise<Record<string, number | null>> {
  const { rows } = await client.query<{ name: string; last: number | null }>(
    `select sequencename::text as name, last_value as last from pg_sequences where schemaname = 'public' order by 1`,
  );
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}

/** Rows are written and read the same way whatever the server's and the role's settings are. */
export const plainText = `set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local statement_timeout = 0;
  set local idle_in_transaction_session_timeout = 0`;
