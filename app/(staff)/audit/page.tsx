import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { card } from "#components/ui/styles.ts";
import { type Currency, currencies } from "#lib/domain/currency.ts";
import { formatMoney } from "#lib/domain/money.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { type AuditRow, listAudit } from "#lib/use-cases/view-lists.ts";

type Facts = AuditRow["facts"];

function amountOf({ amountMinor, currency }: Facts): string {
  const known = currencies.find((one): one is Currency => one === currency);
  return known && typeof amountMinor === "number" ? formatMoney({ amountMinor, currency: known }) : "";
}

/** What an audit line says, in the reader's language: a person's deed, or how an operation moved. */
async function sentences(rows: readonly AuditRow[]): Promise<readonly string[]> {
  const t = await getTranslations();
  const reasonOf = ({ reason, why, status, role }: Facts) => {
    const word = typeof status === "string" ? t(`requestStatus.${status}`) : "";
    const isKnown = typeof why === "string" && t.has(`errors.${why}`);
    const refused = isKnown ? t(`errors.${why}`, { status: word, time: "", reference: "" }) : "";
    return String(reason ?? role ?? refused);
  };
  return rows.map(({ action, outcome, name, facts }) => {
    const kind = /^(?:send|settle)-(refund|cancel)$/.exec(action)?.[1]?.toUpperCase();
    const key = kind ? `audit.move.${kind}.${facts.to}` : `audit.sentence.${action}.${outcome}`;
    const orderNo = String(facts.orderNo ?? "");
    return t(key, { name: name ?? "Storedesk", orderNo, amount: amountOf(facts), reason: reasonOf(facts) });
  });
}

export default async function AuditPage() {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "read-audit")) notFound();
  const t = await getTranslations("audit");
  const rows = await listAudit(appContext(), staff);
  const texts = await sentences(rows);
  return (
    <>
      <h1 className="font-bold text-2xl">{t("title")}</h1>
      <ul className={`${card} grid gap-2`}>
        {rows.map((row, index) => (
          <li key={row.seq} className="flex flex-wrap gap-x-3">
            <span className="text-quiet">
              <ClockTime at={row.at} timeZone={row.timeZone} withDate />
            </span>
            {texts[index]}
          </li>
        ))}
      </ul>
    </>
  );
}
