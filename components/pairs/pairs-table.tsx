import { useFormatter, useTranslations } from "next-intl";
import { DataTable } from "#components/ui/data-table.tsx";

type Pair = {
  readonly names: readonly [string, string];
  readonly count: number;
  readonly expected: number;
  readonly share: number;
  readonly usualShare: number;
  readonly oddCount: number;
};

/** Pairs that find each other too often: how many, how many are usual, and both shares. */
export function PairsTable({ pairs }: { pairs: readonly Pair[] }) {
  const t = useTranslations("pairs");
  const format = useFormatter();
  const percent = (share: number) => format.number(share, { style: "percent", maximumFractionDigits: 0 });
  return (
    <DataTable
      caption={t("found")}
      rows={pairs}
      rowKey={({ names }) => names.join(" ")}
      columns={[
        { key: "who", head: t("who"), cell: ({ names }) => <strong>{names.join(" · ")}</strong> },
        { key: "count", head: t("approvals"), cell: ({ count }) => count, isAmount: true },
        {
          key: "usual",
          head: t("usual"),
          cell: ({ expected }) => format.number(expected, { maximumFractionDigits: 0 }),
          isAmount: true,
        },
        { key: "share", head: t("share"), cell: ({ share }) => percent(share), isAmount: true },
        {
          key: "usualShare",
          head: t("usualShare"),
          cell: ({ usualShare }) => percent(usualShare),
          isAmount: true,
        },
        { key: "odd", head: t("oddCount"), cell: ({ oddCount }) => oddCount, isAmount: true },
      ]}
    />
  );
}
