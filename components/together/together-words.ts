"use client";
import { useTranslations } from "next-intl";
import { useRefusalWords } from "#components/forms/refusal-words.ts";
import type { ItemAnswer } from "#lib/domain/action-answer.ts";
import type { Currency } from "#lib/domain/currency.ts";
import type { TogetherItem } from "./together-item.ts";

/** Why a chosen request does not go with the others, or did not, in one sentence. */
export function useTogetherWords(shop: { timeZone: string; currency: Currency }) {
  const t = useTranslations();
  const words = useRefusalWords(shop);
  const fact = (name: string) =>
    t(name === "gatewayState" ? "approvals.state" : name === "paidMinor" ? "money.paid" : "money.remaining");
  const changed = (changes: readonly string[]) =>
    t("together.changed", { facts: changes.map(fact).join(" · ") });
  return {
    /** While it is looked at; null: it would go, or no longer waits. */
    before({ state, why, changes }: TogetherItem): string | null {
      if (state !== "waiting") return null;
      if (changes.length > 0) return changed(changes);
      return why && t(`together.why.${why}`);
    },
    after(refusal: NonNullable<ItemAnswer["refusal"]>): string {
      if (refusal.why === "changed") return changed(refusal.changes ?? []);
      return refusal.why === "alone" ? t(`together.why.${refusal.because}`) : words(refusal);
    },
  };
}
