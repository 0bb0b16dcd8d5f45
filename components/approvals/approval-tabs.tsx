import Link from "next/link";
import { useTranslations } from "next-intl";
import { classes } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";

type Props = { tabs: readonly string[]; current: string; waiting: number };

/** The parts of the approvals page, each with an address of its own. */
export function ApprovalTabs({ tabs, current, waiting }: Props) {
  const t = useTranslations("approvals");
  return (
    <nav aria-label={t("parts")} className="-mx-4 overflow-x-auto px-4">
      <ul className="flex min-w-max gap-1 border-line border-b">
        {tabs.map((tab) => (
          <li key={tab}>
            <Link
              href={paths.approvalsTab(tab)}
              prefetch={false}
              aria-current={tab === current ? "page" : undefined}
              className={classes(
                "inline-flex min-h-11 items-center gap-2 border-b-2 px-4",
                tab === current
                  ? "border-accent font-semibold text-ink"
                  : "border-transparent font-medium text-quiet",
              )}
            >
              {t(`tab.${tab}`)}
              {tab === "waiting" && waiting > 0 ? (
                <span className="rounded-full bg-accent px-2 text-accent-ink text-sm tabular-nums">
                  {waiting}
                </span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
