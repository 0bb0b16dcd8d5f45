"use client";
import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from "@simplewebauthn/browser";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { callAction } from "#components/forms/call-action.ts";
import { useErrorWords } from "#components/forms/use-error-words.ts";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";

type Deeds = { begin: Deed; add: Deed };

/**
 * Adds a passkey in three steps: the server says what to make one for, the device makes it once its person was verified, the
 * server keeps it. `onAdded` gets the recovery codes that came with it, to be shown now and never again.
 */
export function usePasskeyMaking({ begin, add }: Deeds, onAdded: (codes: readonly string[]) => void) {
  const t = useTranslations("errors");
  const words = useErrorWords();
  const [isMaking, setIsMaking] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  async function make(options: string) {
    setIsMaking(true);
    const optionsJSON: PublicKeyCredentialCreationOptionsJSON = JSON.parse(options);
    const made = await startRegistration({ optionsJSON }).catch(() => null);
    const answer = made ? await callAction(add, made) : "none";
    setIsMaking(false);
    if (answer === "none") return setTrouble(t("noPasskeyAnswer"));
    if (answer === "lost") return setTrouble(t("maybeLost"));
    if (!answer.ok) return setTrouble(words(answer.refusal?.why));
    onAdded(answer.codes ?? []);
  }
  const begun = useFormDeed(begin, ({ passkey }) => void (passkey && make(passkey)));
  async function run(input: unknown, form: HTMLFormElement) {
    setTrouble(null);
    await begun.run(input, form);
  }
  return { run, faults: begun.faults, trouble: trouble ?? begun.trouble, isBusy: isMaking || begun.isBusy };
}
