import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { card } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { lookUpOrder } from "#lib/use-cases/look-up-order.ts";

export default async function SearchPage({
  searchParams,
}: {
  searchParams: Promise<{ q?: string | string[] }>;
}) {
  const staff = await requireStaff();
  const { q } = await searchParams;
  const found = await lookUpOrder(appContext(), staff, typeof q === "string" ? q.slice(0, 200) : "");
  const t = await getTranslations("search");
  if (!found.ok) {
    const { why, understood } = found.refusal;
    return (
      <p role="status" className={`${card} text-lg`}>
        {t(why, { orderNo: understood })}
      </p>
    );
  }
  const [only, ...others] = found.value;
  if (only && others.length === 0) redirect(paths.order(only.account, only.orderNo));
  return (
    <ul className={card}>
      {found.value.map(({ account, orderNo }) => (
        <li key={account}>
          <Link href={paths.order(account, orderNo)}>
            {orderNo} · {account}
          </Link>
        </li>
      ))}
    </ul>
  );
}
