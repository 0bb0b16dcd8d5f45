"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";

export type { Deed };

/** One harmless question to the gateway: does it take the keys? */
export function TestButton({ account, test }: { account: string; test: Deed }) {
  const t = useTranslations("shops");
  const [isRight, setIsRight] = useState(false);
  const { run, trouble, isBusy } = useFormDeed(test, () => setIsRight(true));
  async function press() {
    setIsRight(false);
    await run({ account }, null);
  }
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p role="status" className="font-medium text-good-text empty:hidden">
        {isRight ? t("keyTaken") : null}
      </p>
      <p role="alert" className="text-stop-text empty:hidden">
        {isRight ? null : trouble}
      </p>
      <Button look="secondary" isBusy={isBusy} onClick={press}>
        {t("test", { account })}
      </Button>
    </div>
  );
}
