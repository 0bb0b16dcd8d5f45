"use client";
import { useTranslations } from "next-intl";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";

/** What a second factor is good for, and the way to one. */
export function BeginFactor({ begin }: { begin: Deed }) {
  const t = useTranslations("me.factor");
  const { run, trouble, isBusy } = useFormDeed(begin, () => undefined);
  return (
    <div className="grid gap-4">
      <p>{t("what")}</p>
      <p role="alert" className="text-stop-text empty:hidden">
        {trouble}
      </p>
      <Button isBusy={isBusy} onClick={() => run({}, null)} className="justify-self-start">
        {t("begin")}
      </Button>
    </div>
  );
}
