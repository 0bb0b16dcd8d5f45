import { getTranslations } from "next-intl/server";
import { askedParams } from "#app/_server/asked-params.ts";
import { checkedAnswer } from "#app/_server/checked-answer.ts";
import { type CsvColumn, csvAnswer } from "#app/_server/csv-answer.ts";
import { drillWords } from "#app/_server/drill-words.ts";
import { keptOut } from "#app/_server/kept-out.ts";
import { currentSession } from "#app/_server/session.ts";
import { auditSentences } from "#app/(staff)/audit/audit-sentences.ts";
import { readAuditFilter } from "#lib/domain/audit-filter.ts";
import { numberCell, timeCell, zoneCell } from "#lib/domain/export-cells.ts";
import { limits } from "#lib/domain/limits.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { sealCheck } from "#lib/use-cases/exports/audit-check.ts";
import { exportAudit } from "#lib/use-cases/exports/export-audit.ts";
import { listChoices } from "#lib/use-cases/list-choices.ts";
import type { AuditRow } from "#lib/use-cases/view-audit.ts";

const headers = { "cache-control": "private, no-store" };
/** What somebody wrote or scanned, letter for letter; a reason that was chosen stands in the sentence. */
const wordsOf = ({ note, facts: { raw, reason, filter } }: AuditRow) =>
  String(note ?? raw ?? filter ?? reason ?? "");

async function columns(): Promise<CsvColumn<AuditRow>[]> {
  const [t, say] = await Promise.all([getTranslations(), auditSentences()]);
  return [
    { head: t("exports.line"), cell: ({ seq }) => String(seq) },
    { head: t("orders.at"), cell: ({ at, timeZone }) => timeCell(at, timeZone) },
    { head: t("exports.zone"), cell: ({ at, timeZone }) => zoneCell(at, timeZone) },
    { head: t("exports.name"), cell: ({ name }) => name ?? "" },
    { head: t("audit.what"), cell: say },
    { head: t("exports.outcome"), cell: ({ outcome }) => t(`exports.${outcome}`) },
    {
      head: t("audit.order"),
      cell: ({ orderNo, facts }) => numberCell(String(orderNo ?? facts.orderNo ?? "")),
    },
    { head: t("exports.subject"), cell: ({ subject }) => numberCell(subject ?? "") },
    { head: t("exports.words"), cell: wordsOf },
    { head: t("exports.action"), cell: ({ action }) => action },
  ];
}

/**
 * The audit with the filter of its page, as a file, and with `with=check` beside its check file in one archive; whoever may not
 * read the page is told that there is nothing.
 */
export async function GET(request: Request): Promise<Response> {
  const session = await currentSession({ isAction: false });
  if (session?.stage !== "in") return keptOut(session);
  const { staff } = session;
  const ctx = appContext();
  const params = askedParams(request);
  const isChecked = params.with === "check";
  const taken = await exportAudit(ctx, staff, { asked: readAuditFilter(params), isChecked });
  if (!taken.ok) return Response.json({ error: "notFound" }, { status: 404, headers });
  const { today } = await listChoices(ctx, staff);
  const t = await getTranslations("exports");
  const csv = {
    fileName: `audit-${today}`,
    columns: await columns(),
    parts: taken.value.parts,
    cutWords: t("cut", { rows: limits.exportRowsMax }),
    drillWords: await drillWords(),
  };
  if (!isChecked) return csvAnswer(csv);
  const { asOf, filter } = taken.value;
  const about = { asOf, filter, madeBy: staff.username };
  return checkedAnswer(csv, (facts) => sealCheck(ctx.database.db, { ...facts, ...about }));
}
