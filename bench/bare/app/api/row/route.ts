import pg from "pg";

const held = globalThis as typeof globalThis & { pool?: pg.Pool };
held.pool ??= new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const pool = held.pool;

export const dynamic = "force-dynamic";

/** A bare handler with one indexed read. */
export async function GET(): Promise<Response> {
  const { rows } = await pool.query("select order_no, gateway_state from pay_order where order_no = $1", [
    "B-KNOWN",
  ]);
  return Response.json(rows[0] ?? null, { headers: { "cache-control": "private, no-store" } });
}
