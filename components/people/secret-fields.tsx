"use client";
import { useTranslations } from "next-intl";
import { TextField } from "#components/ui/text-field.tsx";

/** A first password and PIN, told to their person, who changes both. They are read while they are typed: two people look at them. */
export function SecretFields({ faults }: { faults: Readonly<Record<string, string>> }) {
  const t = useTranslations("people");
  return (
    <>
      <TextField
        {...{ id: "password", name: "password", autoComplete: "off", spellCheck: false }}
        label={t("password")}
        hint={t("passwordHint")}
        fault={faults.password}
      />
      <TextField
        {...{ id: "pin", name: "pin", inputMode: "numeric", maxLength: 6, autoComplete: "off" }}
        label={t("pin")}
        hint={t("pinHint")}
        fault={faults.pin}
      />
    </>
  );
}
