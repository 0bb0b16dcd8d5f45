import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { card, classes, partTitle } from "#components/ui/styles.ts";
import { type PracticeCase, practiceCases } from "#lib/domain/practice.ts";

type Props = { isBusy: boolean; make: (practice: PracticeCase) => void };

/** Every situation that can be practised, and what it is about. */
export function CaseList({ isBusy, make }: Props) {
  const t = useTranslations("drill");
  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {practiceCases.map((practice) => (
        <li key={practice} className={classes(card, "flex flex-col items-start justify-between gap-3")}>
          <div className="grid gap-1">
            <h2 className={partTitle} id={`case-${practice}`}>
              {t(`case.${practice}.title`)}
            </h2>
            <p className="text-quiet">{t(`case.${practice}.about`)}</p>
          </div>
          <Button
            look="secondary"
            isBusy={isBusy}
            aria-describedby={`case-${practice}`}
            onClick={() => make(practice)}
          >
            {t("make")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
