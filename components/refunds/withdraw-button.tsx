"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";

type Props = { requestNo: string; withdraw: (input: unknown) => Promise<ActionAnswer> };

/** Takes one's own request back. */
export function WithdrawButton({ requestNo, withdraw }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const [fault, setFault] = useState<string | null>(null);
  async function press() {
    const { refusal } = await withdraw({ requestNo });
    const status = refusal?.status ? t(`requestStatus.${refusal.status}`) : "";
    setFault(refusal ? t(`errors.${refusal.why}`, { status, reference: "", time: "" }) : null);
    router.refresh();
  }
  return (
    <>
      <Button look="secondary" onClick={press}>
        {t("requests.withdraw")}
      </Button>
      <span role="alert">{fault}</span>
    </>
  );
}
