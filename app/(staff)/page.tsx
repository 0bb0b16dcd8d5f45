import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { card } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { listRecent } from "#lib/use-cases/view-lists.ts";

export default async function CounterPage() {
  const staff = await requireStaff();
  const t = await getTranslations();
  const recent = await listRecent(appContext(), staff);
  return (
    <>
      <h1 className="text-2xl font-bold">{t("counter.title")}</h1>
      <p className="text-lg">{t("search.empty")}</p>
      <section className={card} aria-labelledby="recent">
        <h2 id="recent" className="mb-2 text-lg font-semibold">
          {t("counter.recent")}
        </h2>
        {recent.length === 0 ? <p className="text-quiet">{t("counter.none")}</p> : null}
        <ul className="grid gap-1">
          {recent.map(({ account, orderNo }) => (
            <li key={`${account}/${orderNo}`}>
              <Link
                href={paths.order(account, orderNo)}
                prefetch={false}
                className="inline-flex min-h-11 items-center font-mono underline"
              >
                {orderNo}
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
