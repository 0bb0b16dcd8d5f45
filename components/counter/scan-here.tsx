import { useTranslations } from "next-intl";
import { card, classes } from "#components/ui/styles.ts";

/** The bars of the drawn barcode: place and width. */
const bars = [
  [12, 2],
  [16, 1],
  [19, 3],
  [24, 1],
  [27, 2],
  [31, 4],
  [37, 1],
  [40, 2],
  [44, 1],
  [47, 3],
] as const;

/** Where the number stands on a receipt: under the barcode at its foot. */
function Receipt() {
  return (
    <svg aria-hidden="true" viewBox="0 0 62 74" className="h-28 shrink-0 text-quiet">
      <path
        d="M5 2h52v70l-6.5-4-6.5 4-6.5-4-6.5 4-6.5-4-6.5 4-6.5-4-6.5 4Z"
        className="fill-page stroke-edge"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <path
        d="M13 12h22M13 19h36M13 26h30"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        opacity=".4"
      />
      {bars.map(([x, width]) => (
        <rect key={x} x={x} y="34" width={width} height="14" className="fill-ink" />
      ))}
      <rect
        x="10"
        y="51"
        width="42"
        height="10"
        rx="3"
        className="fill-accent-soft stroke-accent"
        strokeWidth="1.5"
      />
      <path d="M15 56h6m3 0h10m3 0h10" strokeWidth="2.5" strokeLinecap="round" className="stroke-accent" />
    </svg>
  );
}

/** What the Counter is for, readable from a step away. */
export function ScanHere() {
  const t = useTranslations("counter");
  return (
    <section className={classes(card, "flex items-center gap-6 p-6")}>
      <Receipt />
      <div className="grid gap-2">
        <h2 className="text-balance font-bold text-2xl tracking-tight">{t("scan")}</h2>
        <p className="text-lg text-quiet">{t("type")}</p>
        <p className="hidden text-quiet pointer-fine:block">
          {t.rich("keys", {
            key: (name) => (
              <kbd className="rounded border border-edge bg-page px-1.5 font-mono text-sm">{name}</kbd>
            ),
          })}
        </p>
      </div>
    </section>
  );
}
