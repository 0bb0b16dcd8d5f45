"use client";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { CodeList } from "./code-list.tsx";

/** Recovery codes that were just made, shown until their person says that they are written down. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useTranslations("me");
  return (
    <div className="grid gap-3">
      <p role="status" className="font-medium text-good-text">
        {t("passkeys.added")}
      </p>
      <p>{t("factor.codes")}</p>
      <CodeList codes={codes} />
      <Button onClick={onKept} className="justify-self-start">
        {t("passkeys.codesKept")}
      </Button>
    </div>
  );
}
