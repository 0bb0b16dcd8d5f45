import { useTranslations } from "next-intl";
import { Chip } from "#components/ui/chip.tsx";
import type { Verdict } from "#lib/domain/verdict.ts";
import { verdictSigns } from "./verdict-signs.tsx";

/** A verdict in a list: its sign and its word. */
export function VerdictChip({ verdict }: { verdict: Verdict }) {
  const t = useTranslations("verdict");
  const { Sign, meaning } = verdictSigns[verdict];
  return (
    <Chip meaning={meaning} Sign={Sign}>
      {t(`${verdict}.word`)}
    </Chip>
  );
}
