import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { TextField } from "#components/ui/text-field.tsx";

/** Six digits, hidden. */
export function PinField({
  fault,
  box,
}: {
  fault?: string | undefined;
  box: RefObject<HTMLInputElement | null>;
}) {
  const t = useTranslations("approvals");
  return (
    <TextField
      ref={box}
      id="pin"
      name="pin"
      type="password"
      label={t("pin")}
      fault={fault}
      isUrgent
      inputMode="numeric"
      autoComplete="off"
      maxLength={6}
      className="max-w-48 text-center text-2xl tracking-[0.4em]"
    />
  );
}
