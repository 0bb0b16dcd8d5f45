import "server-only";
import pg from "pg";
import { type DrillBooks, judgeDrill } from "#lib/domain/drill.ts";
import { connectionPrefix } from "../keys/master-key.ts";

/** A drill and these books do not belong together: one sentence for the operator. */
export class WrongDrill extends Error {
  override readonly name = "WrongDrill";
}

/** Holds a desk against books that may not be brought up to date yet, and changes nothing; new ones are anybody's. */
export async function demandDrillAt(url: string, isDrillDesk: boolean): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query("select to_regclass('installation') as books");
    if (rows[0]?.books) await demandDrill(client, isDrillDesk);
  });
}

/** Makes migrated books that hold nothing but the demo a drill's, for good. Nobody works on them meanwhile, or it is refused. */
export async function beginDrillAt(url: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query("begin");
    // Whoever opens an account meanwhile waits, and is judged by the books as they are then (migration 0030).
    await client.query("select 1 from installation where id = 1 for update");
    if ((await demandDrill(client, true)) === "begins") {
      const { rows } = await client.query(
        "select 1 from pg_stat_activity where datname = current_database() and starts_with(application_name, $1)",
        [connectionPrefix],
      );
      if (rows.length > 0)
        throw new WrongDrill("This is no drill: another desk works on these books. Stop it first.");
      await client.query("update installation set is_drill = true where id = 1");
    }
    await client.query("commit");
  });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await work(client).finally(() => client.end());
}

/** Whether a desk may work on these books; throws WrongDrill where not. `begins`: they hold nothing but the demo and are no drill's yet. */
export async function demandDrill(client: pg.ClientBase, isDrillDesk: boolean): Promise<"begins" | "stays"> {
  const answer = judgeDrill(isDrillDesk, await readBooks(client));
  if (!answer.ok) throw new WrongDrill(answer.refusal);
  return answer.value;
}

/** Read as JSON, for books that are older than a drill do not have all of these columns. */
async function readBooks(client: pg.ClientBase): Promise<DrillBooks> {
  const { rows } = await client.query<DrillBooks>(`
    select coalesce((select (to_jsonb(i)->>'is_drill')::boolean from installation i where id = 1), false) as "isDrill",
           (select coalesce(jsonb_agg(jsonb_build_object('slug', slug, 'config', config) order by slug), '[]')
              from merchant_account) as accounts,
           (select coalesce(jsonb_agg(username order by username), '[]') from staff s
             where not coalesce((to_jsonb(s)->>'is_demo')::boolean, false)) as strangers`);
  const [books] = rows;
  if (!books) throw new Error("the books could not be read");
  return books;
}
