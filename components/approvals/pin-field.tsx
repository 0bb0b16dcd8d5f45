import { useTranslations } from "next-intl";
import { TextField } from "#components/ui/text-field.tsx";

type Props = {
  fault?: string | undefined;
  /** It is what comes next: the focus goes there. */
  isNext?: boolean;
};

/** Six digits, hidden. */
export function PinField({ fault, isNext = false }: Props) {
  const t = useTranslations("approvals");
  return (
    <TextField
      id="pin"
      name="pin"
      type="password"
      label={t("pin")}
      fault={fault}
      isUrgent
      inputMode="numeric"
      autoComplete="off"
      autoFocus={isNext}
      maxLength={6}
      className="max-w-48 text-center text-2xl tracking-[0.4em]"
    />
  );
}
