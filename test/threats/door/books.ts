import { askBooks, type Place } from "../../app.ts";

/** What people did and what they may, as one text: the clerk's own work beside it does not count. */
export async function whatPeopleDid(place: Place): Promise<string> {
  const tables = [
    "refund_request",
    "settlement",
    "staff",
    "staff_store",
    "step_up",
    "staff_notice",
    "deputy",
    "store",
  ];
  const stamps = tables.map((name) => `select '${name}', count(*), max(xmin::text::int8) from ${name}`);
  const [row] = await askBooks<{ all: string }>(
    place,
    `select json_build_object('tables', (select json_agg(t) from (${stamps.join(" union all ")}) t),
       'lines', (select count(*) from audit_event where staff_id is not null),
       'ops', (select count(*) from money_op),
       'ended', (select count(*) from app_session where revoked_at is not null))::text as all`,
  );
  return row?.all ?? "";
}
