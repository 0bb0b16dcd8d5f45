import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Chip } from "#components/ui/chip.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { formatMoney } from "#lib/domain/money.ts";
import type { ProofView } from "#lib/domain/recovery/attention-view.ts";
import { DeedButton } from "./deed-button.tsx";
import type { Deed } from "./use-deed.ts";

type Props = { proofs: readonly ProofView[]; run: Deed | null };

/** The days of each account with their four lists; a day is run again where this person may. */
export function ProofTable({ proofs, run }: Props) {
  const t = useTranslations("attention.proof");
  return (
    <DataTable
      caption={t("title")}
      rows={proofs}
      rowKey={({ account, day }) => `${account} ${day}`}
      columns={[
        { key: "day", head: t("day"), cell: ({ day }) => <span className="tabular-nums">{day}</span> },
        { key: "account", head: t("account"), cell: ({ storeName, account }) => `${storeName} · ${account}` },
        {
          key: "result",
          head: t("result"),
          cell: ({ isClean, ourCount, theirCount }) => (
            <Chip meaning={isClean ? "good" : "stop"} Sign={isClean ? CircleCheck : CircleAlert}>
              {isClean ? t("clean") : t("differs")} {ourCount} / {theirCount}
            </Chip>
          ),
        },
        { key: "lists", head: t("lists"), cell: (proof) => <Differences proof={proof} /> },
        {
          key: "ran",
          head: t("ranAt"),
          cell: ({ ranAt, timeZone }) => <ClockTime at={ranAt} timeZone={timeZone} withDate />,
        },
        ...(run
          ? [
              {
                key: "run",
                head: t("again"),
                cell: ({ account, day }: ProofView) => (
                  <DeedButton word={t("again")} input={{ account, day }} deed={run} />
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function Differences({ proof }: { proof: ProofView }) {
  const t = useTranslations("attention.proof");
  const { lists, currency } = proof;
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency });
  const lines = [
    ...lists.oursOnly.map(({ orderNo, amountMinor }) =>
      t("oursOnly", { orderNo, amount: money(amountMinor) }),
    ),
    ...lists.theirsOnly.map(({ orderNo, amountMinor }) =>
      t("theirsOnly", { orderNo, amount: money(amountMinor) }),
    ),
    ...lists.amountDiffers.map(({ orderNo, ourMinor, theirMinor }) =>
      t("amountDiffers", { orderNo, ours: money(ourMinor), theirs: money(theirMinor) }),
    ),
    ...lists.moreThanOne.map(({ orderNo, ourCount, theirCount }) =>
      t("moreThanOne", { orderNo, ours: ourCount, theirs: theirCount }),
    ),
  ];
  if (lines.length === 0) return <>{t("none")}</>;
  return (
    <ul className="grid gap-1">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
