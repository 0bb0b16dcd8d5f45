"use client";
import { useTranslations } from "next-intl";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";

/** For somebody who lost the phone and the recovery codes: they sign in by password and set a new one up. */
export function ResetFactor({ username, reset }: { username: string; reset: Deed }) {
  const t = useTranslations("people");
  const { run, trouble, isBusy } = useFormDeed(reset, () => undefined);
  return (
    <Card title={t("resetFactorTitle")} text={t("resetFactorText")} className="max-w-xl">
      <p role="alert" className="text-stop-text empty:hidden">
        {trouble}
      </p>
      <Button
        look="danger"
        isBusy={isBusy}
        onClick={() => run({ username }, null)}
        className="justify-self-start"
      >
        {t("resetFactor")}
      </Button>
    </Card>
  );
}
