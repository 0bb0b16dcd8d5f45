"use client";
import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication } from "@simplewebauthn/browser";
import { KeyRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { callAction } from "#components/forms/call-action.ts";
import { useErrorWords } from "#components/forms/use-error-words.ts";
import type { Deed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { card, classes } from "#components/ui/styles.ts";

type Props = { ask: Deed; confirm: Deed; next: string };

/** The second step of signing in by a passkey: the device verifies its person and signs what the server asks. */
export function PasskeyEntry({ ask, confirm, next }: Props) {
  const t = useTranslations("signIn");
  const errors = useTranslations("errors");
  const words = useErrorWords();
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  /** What went wrong, in words; null: they are in. */
  async function enter(): Promise<string | null> {
    const asked = await callAction(ask, {});
    if (asked === "lost") return errors("maybeLost");
    if (!asked.passkey) return words(asked.refusal?.why);
    const optionsJSON: PublicKeyCredentialRequestOptionsJSON = JSON.parse(asked.passkey);
    const used = await startAuthentication({ optionsJSON }).catch(() => null);
    if (!used) return errors("noPasskeyAnswer");
    const answer = await callAction(confirm, used);
    if (answer === "lost") return errors("maybeLost");
    return answer.ok ? null : words(answer.refusal?.why);
  }
  async function press() {
    setIsBusy(true);
    setTrouble(null);
    const wrong = await enter();
    setTrouble(wrong);
    setIsBusy(wrong === null);
    if (wrong !== null) return;
    router.replace(next);
    router.refresh();
  }
  return (
    <div className={classes(card, "grid gap-3")}>
      <p role="alert" className="rounded-lg bg-stop-bg p-3 font-medium text-stop-text empty:hidden">
        {trouble}
      </p>
      <Button isBusy={isBusy} busyWord={t("passkeyBusy")} onClick={press} autoFocus>
        <KeyRound aria-hidden className="size-5" />
        {t("usePasskey")}
      </Button>
      <noscript>
        <p>{t("passkeyNeedsScripts")}</p>
      </noscript>
    </div>
  );
}
