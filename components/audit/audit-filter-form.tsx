import { useTranslations } from "next-intl";
import { SelectField } from "#components/ui/select-field.tsx";
import { button, card, classes } from "#components/ui/styles.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { type AuditFilter, auditKinds } from "#lib/domain/audit-filter.ts";

/** Narrows the audit down; a plain form whose answer is an address. */
export function AuditFilterForm({ filter }: { filter: AuditFilter }) {
  const t = useTranslations("audit");
  return (
    <form
      className={classes(
        card,
        "grid grid-cols-2 items-end gap-4 p-4 *:min-w-0 rail:grid-cols-4 [&_input]:min-w-0",
      )}
    >
      <SelectField id="kind" name="kind" label={t("what")} defaultValue={filter.kind ?? ""}>
        <option value="">{t("all")}</option>
        {auditKinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kind.${kind}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        id="order"
        name="order"
        label={t("order")}
        defaultValue={filter.order ?? ""}
        autoComplete="off"
      />
      <TextField id="who" name="who" label={t("who")} defaultValue={filter.who ?? ""} autoComplete="off" />
      <TextField id="day" name="day" type="date" label={t("day")} defaultValue={filter.day ?? ""} />
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          name="refused"
          value="1"
          defaultChecked={filter.refused === "1"}
          className="size-5 accent-accent"
        />
        {t("onlyRefused")}
      </label>
      <button type="submit" className={button.secondary}>
        {t("show")}
      </button>
    </form>
  );
}
