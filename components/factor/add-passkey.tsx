"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import type { Deed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { usePasskeyMaking } from "./use-passkey-making.ts";

type Props = {
  deeds: { begin: Deed; add: Deed };
  /** Where to go once it is there; left out: stay. */
  then?: string;
};

/** Adds a passkey of this device, or of one that is plugged in or held to it, and shows the recovery codes of the first. */
export function AddPasskey({ deeds, then }: Props) {
  const t = useTranslations("me.passkeys");
  const router = useRouter();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [round, setRound] = useState(0);
  function goOn() {
    setCodes([]);
    setRound(round + 1);
    if (then) router.replace(then);
    router.refresh();
  }
  const { run, faults, trouble, isBusy } = usePasskeyMaking(deeds, (fresh) =>
    fresh.length > 0 ? setCodes(fresh) : goOn(),
  );
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    await run({ name: typed.get("name"), proof: typed.get("proof") }, form);
  }
  if (codes.length > 0) return <RecoveryCodes codes={codes} onKept={goOn} />;
  return (
    <form onSubmit={submit} noValidate className="grid max-w-md gap-4" key={round}>
      <ErrorSummary fields={[]}>{trouble}</ErrorSummary>
      <TextField
        {...{ id: "passkey-name", name: "name", autoComplete: "off", maxLength: 40 }}
        label={t("name")}
        hint={t("nameHint")}
        fault={faults.name}
      />
      <TextField
        {...{ id: "passkey-proof", name: "proof", type: "password", autoComplete: "current-password" }}
        label={t("proof")}
        fault={faults.proof}
      />
      <Button
        type="submit"
        look="secondary"
        isBusy={isBusy}
        busyWord={t("making")}
        className="justify-self-start"
      >
        {t("add")}
      </Button>
    </form>
  );
}
