import { useTranslations } from "next-intl";
import { Chip } from "#components/ui/chip.tsx";
import type { RequestState } from "#lib/domain/request-state.ts";
import { requestSigns } from "./request-signs.ts";

/** Where a request stands, in a list. */
export function RequestChip({ state }: { state: RequestState }) {
  const t = useTranslations("requestState");
  const { Sign, meaning } = requestSigns[state];
  return (
    <Chip meaning={meaning} Sign={Sign}>
      {t(`${state}.word`)}
    </Chip>
  );
}
