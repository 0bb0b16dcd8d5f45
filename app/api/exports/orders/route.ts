import { getTranslations } from "next-intl/server";
import { askedParams } from "#app/_server/asked-params.ts";
import { type CsvColumn, csvAnswer } from "#app/_server/csv-answer.ts";
import { drillWords } from "#app/_server/drill-words.ts";
import { keptOut } from "#app/_server/kept-out.ts";
import { currentSession } from "#app/_server/session.ts";
import { numberCell, timeCell, zoneCell } from "#lib/domain/export-cells.ts";
import { limits } from "#lib/domain/limits.ts";
import { toDecimalText } from "#lib/domain/money.ts";
import { readOrderFilter } from "#lib/domain/order-filter.ts";
import { orderQuery } from "#lib/domain/order-query.ts";
import type { OrderRow } from "#lib/domain/order-row.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { exportOrders } from "#lib/use-cases/exports/export-orders.ts";
import { listChoices } from "#lib/use-cases/list-choices.ts";

const headers = { "cache-control": "private, no-store" };

async function columns(): Promise<CsvColumn<OrderRow>[]> {
  const t = await getTranslations();
  return [
    { head: t("orders.no"), cell: ({ orderNo }) => numberCell(orderNo) },
    { head: t("orders.state"), cell: ({ verdict }) => t(`verdict.${verdict}.word`) },
    {
      head: t("orders.amount"),
      cell: ({ amountMinor, currency }) =>
        amountMinor === null ? "" : toDecimalText({ amountMinor, currency }),
    },
    { head: t("exports.currency"), cell: ({ currency }) => currency },
    { head: t("orders.at"), cell: ({ at, timeZone }) => timeCell(at, timeZone) },
    { head: t("exports.zone"), cell: ({ at, timeZone }) => zoneCell(at, timeZone) },
    { head: t("orders.wallet"), cell: ({ wallet }) => wallet ?? "" },
    { head: t("orders.store"), cell: ({ storeName }) => storeName },
    { head: t("orders.field.account"), cell: ({ account }) => numberCell(account) },
  ];
}

/** The order list with the filter of its page, as a file. */
export async function GET(request: Request): Promise<Response> {
  const session = await currentSession({ isAction: false });
  if (session?.stage !== "in") return keptOut(session);
  const { staff } = session;
  const ctx = appContext();
  const choices = await listChoices(ctx, staff);
  const { filter, typed, faults } = readOrderFilter(askedParams(request), choices);
  if (Object.keys(faults).length > 0)
    return Response.json({ error: "badFilter", fields: Object.keys(faults) }, { status: 400, headers });
  const parts = await exportOrders(ctx, staff, { filter, query: orderQuery(typed) });
  if (!parts.ok) return Response.json({ error: "notFound" }, { status: 404, headers });
  const t = await getTranslations("exports");
  return csvAnswer({
    fileName: `orders-${choices.today}`,
    columns: await columns(),
    parts: parts.value,
    cutWords: t("cut", { rows: limits.exportRowsMax }),
    drillWords: await drillWords(),
  });
}
