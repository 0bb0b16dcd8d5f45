"use client";
import { useTranslations } from "next-intl";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { type Role, roles } from "#lib/domain/staff.ts";

export type StoreChoice = { storeId: string; name: string };
/** What the fields hold at first. */
export type StaffDraft = { username: string; name: string; role: Role | ""; storeIds: readonly string[] };

type Props = {
  start: StaffDraft;
  stores: readonly StoreChoice[];
  faults: Readonly<Record<string, string>>;
  isNew: boolean;
};

/** Who it is, what they may do, and where. */
export function StaffFields({ start, stores, faults, isNew }: Props) {
  const t = useTranslations("people");
  const roleWords = useTranslations("roles");
  return (
    <>
      <TextField
        {...{ id: "username", name: "username", autoComplete: "off", autoCapitalize: "off" }}
        defaultValue={start.username}
        readOnly={!isNew}
        label={t("username")}
        hint={isNew ? t("usernameHint") : undefined}
        fault={faults.username}
      />
      <TextField
        {...{ id: "name", name: "name", autoComplete: "off" }}
        defaultValue={start.name}
        label={t("name")}
        fault={faults.name}
      />
      <SelectField id="role" name="role" label={t("role")} defaultValue={start.role} fault={faults.role}>
        <option value="" disabled>
          {t("chooseRole")}
        </option>
        {roles.map((role) => (
          <option key={role} value={role}>
            {roleWords(role)}
          </option>
        ))}
      </SelectField>
      <fieldset className="grid gap-1" aria-describedby={faults.storeIds ? "storeIds-fault" : undefined}>
        <legend className="font-medium">{t("stores")}</legend>
        {stores.map(({ storeId, name }) => (
          <label key={storeId} className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              name="storeIds"
              value={storeId}
              defaultChecked={start.storeIds.includes(storeId)}
              className="size-5 accent-accent"
            />
            {name}
          </label>
        ))}
        <p id="storeIds-fault" className="font-medium text-stop-text empty:hidden">
          {faults.storeIds}
        </p>
      </fieldset>
    </>
  );
}
