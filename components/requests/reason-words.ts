import { useTranslations } from "next-intl";
import { isBuiltIn } from "#lib/domain/refund-reasons.ts";

/** A reason in words: those of the house in the reader's language, all others as they were when it was asked. */
export function useReasonWords(): (reason: string) => string {
  const t = useTranslations("refundReason");
  return (reason) => (isBuiltIn(reason) ? t(reason) : reason);
}
