import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { notSentAfterMs, unknownToldAfterMs } from "#lib/domain/recovery/incident.ts";
import { closeIncident, openIncident } from "./open-incident.ts";

type Due = {
  kind: "unknownOutcome" | "approvedNotSent";
  opId: string;
  orderId: string;
  storeId: string;
  accountId: string;
  amountMinor: string | number;
  currency: Currency;
  why: string | null;
};

/** Opens what age alone makes worth a look, and closes what the facts have settled. It moves no money. */
export async function tendIncidents(tx: Db): Promise<void> {
  const { rows: due } = await tx.execute<Due>(sql`
    select case when m.state = 'READY' then 'approvedNotSent' else 'unknownOutcome' end as kind, m.id as "opId",
           m.order_id as "orderId", o.store_id as "storeId", m.account_id as "accountId", m.amount_minor as "amountMinor", m.currency, m.why
      from money_op m join pay_order o on o.id = m.order_id
     where ((m.state = 'READY' and m.created_at < clock_timestamp() - make_interval(secs => ${notSentAfterMs / 1_000}::int))
         or (m.state in ('UNKNOWN','PENDING')
             and coalesce(m.last_sent_at, m.created_at) < clock_timestamp() - make_interval(secs => ${unknownToldAfterMs.storeManager / 1_000}::int))
         or m.state = 'NEEDS_PERSON')
       and not exists (select 1 from incident i where i.op_id = m.id
                        and i.kind = case when m.state = 'READY' then 'approvedNotSent' else 'unknownOutcome' end
                        and (i.closed_at is null or i.kind = 'unknownOutcome'))`);
  for (const { kind, opId, amountMinor, currency, why, ...about } of due) {
    const facts = { amountMinor: Number(amountMinor), currency, why };
    await openIncident(tx, { kind, key: opId, opId, ...about, facts });
  }
  const { rows: over } = await tx.execute<{ id: string; why: string; evidenceId: string | null }>(sql`
    select i.id, case i.kind when 'paidAfterCancel' then 'moneyReturned' when 'successNotSeen' then 'seenAfterAll'
                             when 'approvedNotSent' then 'leftTheHouse' else lower(m.state) end as why, m.evidence_id as "evidenceId"
      from incident i left join money_op m on m.id = i.op_id
     where i.closed_at is null
       and ((i.kind = 'unknownOutcome' and m.state in ('SUCCEEDED','FAILED'))
         or (i.kind = 'approvedNotSent' and m.state <> 'READY')
         or (i.kind = 'successNotSeen' and m.confirmed_at is not null)
         or (i.kind = 'paidAfterCancel' and exists (
              select 1 from pay_order o where o.id = i.order_id and o.paid_minor <= (
                coalesce((select sum(r.amount_minor) from money_op r where r.order_id = o.id and r.kind = 'REFUND' and r.state = 'SUCCEEDED'), 0)
              + coalesce((select sum(f.amount_minor) from found_refund f where f.order_id = o.id), 0)))))`);
  for (const { id, ...closing } of over) await closeIncident(tx, id, { ...closing, staff: null });
}
