"use client";
import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { Collapsible } from "radix-ui";
import { type FormEvent, useId } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { TextField } from "#components/ui/text-field.tsx";

export type Passkey = {
  readonly passkeyId: string;
  readonly name: string;
  readonly since: string;
  readonly usedAt: string | null;
};
type Props = { passkey: Passkey; timeZone: string; remove: Deed };

/** One passkey, and the way to remove it with the password or a code. */
export function PasskeyRow({ passkey: { passkeyId, name, since, usedAt }, timeZone, remove }: Props) {
  const t = useTranslations("me.passkeys");
  const id = useId();
  const { run, faults, trouble, isBusy } = useFormDeed(remove, () => undefined);
  const time = (at: string) => <ClockTime at={at} timeZone={timeZone} withDate />;
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    await run({ passkeyId, proof: new FormData(form).get("proof") }, form);
  }
  return (
    <li className="grid gap-2 py-3">
      <span className="flex min-w-0 items-start gap-3">
        <KeyRound aria-hidden className="mt-0.5 size-5 shrink-0 text-quiet" />
        <span className="grid min-w-0">
          <span className="break-words font-medium">{name}</span>
          <span className="text-quiet">
            {t.rich(usedAt ? "used" : "neverUsed", {
              start: () => time(since),
              last: () => time(usedAt ?? since),
            })}
          </span>
        </span>
      </span>
      <Collapsible.Root>
        <Collapsible.Trigger asChild>
          <Button look="quiet">{t("remove", { name })}</Button>
        </Collapsible.Trigger>
        <Collapsible.Content asChild>
          <form onSubmit={submit} noValidate className="mt-3 grid max-w-md gap-4">
            <ErrorSummary fields={[]}>{trouble}</ErrorSummary>
            <TextField
              {...{ id, name: "proof", type: "password", autoComplete: "current-password" }}
              label={t("proof")}
              fault={faults.proof}
            />
            <Button type="submit" look="danger" isBusy={isBusy} className="justify-self-start">
              {t("removeNow")}
            </Button>
          </form>
        </Collapsible.Content>
      </Collapsible.Root>
    </li>
  );
}
