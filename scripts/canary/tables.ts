import type pg from "pg";
import type { Place } from "./forms.ts";

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Every column of every table that is ours, text and JSON as text, bytes as they are. One place a column. */
export async function readTables(books: pg.Client): Promise<Place[]> {
  const { rows: columns } = await books.query<{
    schema: string;
    table: string;
    column: string;
    type: string;
  }>(`
    select n.nspname as schema, c.relname as table, a.attname as column, format_type(a.atttypid, null) as type
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'm') and a.attnum > 0 and not a.attisdropped
       and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'
     order by 1, 2, a.attnum`);
  const places: Place[] = [];
  for (const { schema, table, column, type } of columns) {
    const value = type === "bytea" ? quoted(column) : `${quoted(column)}::text`;
    const { rows } = await books.query<{ value: string | Buffer | null }>(
      `select ${value} as value from ${quoted(schema)}.${quoted(table)}`,
    );
    const content = rows.flatMap((row) =>
      row.value === null ? [] : [Buffer.from(row.value), Buffer.from("\n")],
    );
    places.push({ name: `column ${table}.${column}`, content: Buffer.concat(content) });
  }
  return places;
}

/** Hides a secret in a table of this connection alone, in the five forms a column can hold it. */
export async function plant(books: pg.Client, secret: string): Promise<void> {
  await books.query("create temp table planted (clear text, json jsonb, bytes bytea, base64 text, hex text)");
  await books.query("insert into planted values ($1, $2, $3, $4, $5)", [
    secret,
    JSON.stringify({ deep: [`x${secret}`] }),
    Buffer.from(`\0${secret}`),
    Buffer.from(`x${secret}`).toString("base64"),
    Buffer.from(secret).toString("hex"),
  ]);
}
