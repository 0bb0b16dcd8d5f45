import Link from "next/link";
import { useTranslations } from "next-intl";
import { SelectField } from "#components/ui/select-field.tsx";
import { button, card, classes } from "#components/ui/styles.ts";
import { TextField } from "#components/ui/text-field.tsx";
import type { FilterFault } from "#lib/domain/order-filter.ts";
import {
  type OrderFilterField,
  orderFilterFields,
  orderQuery,
  type TypedFilter,
} from "#lib/domain/order-query.ts";
import { paths } from "#lib/domain/paths.ts";
import { verdicts } from "#lib/domain/verdict.ts";

type Choice = { readonly value: string; readonly name: string };
type Props = {
  typed: TypedFilter;
  faults: Partial<Record<OrderFilterField, FilterFault>>;
  stores: readonly Choice[];
  accounts: readonly Choice[];
  /** The day it is in the store, and the one before. */
  days: { today: string; yesterday: string };
};

/** Fields that stand behind "more" until one of them is used. */
const rare = ["no", "amountTo", "dayTo", "store", "account"] as const;

/** Narrows the orders down; a plain form whose answer is an address, so it works without scripts too. */
export function OrderFilterForm({ typed, faults, stores, accounts, days }: Props) {
  const t = useTranslations("orders");
  const verdict = useTranslations("verdict");
  const words = (name: OrderFilterField) => {
    const fault = faults[name];
    return { id: `filter-${name}`, name, label: t(`field.${name}`), fault: fault && t(`fault.${fault}`) };
  };
  const text = (name: OrderFilterField) => ({
    ...words(name),
    defaultValue: typed[name],
    autoComplete: "off",
    maxLength: 64,
  });
  const select = (name: "state" | "store" | "account", choices: readonly Choice[]) => (
    <SelectField {...words(name)} defaultValue={typed[name]}>
      <option value="">{t("all")}</option>
      {choices.map(({ value, name: shown }) => (
        <option key={value} value={value}>
          {shown}
        </option>
      ))}
    </SelectField>
  );
  const states = verdicts.map((value) => ({ value, name: verdict(`${value}.word`) }));
  return (
    <form
      // A new address is a new form: what it shows is what the list was narrowed by.
      key={orderFilterFields.map((name) => typed[name]).join("|")}
      aria-label={t("filter")}
      className={classes(card, "grid gap-2 p-4")}
    >
      <div className="grid grid-cols-2 items-start gap-4 *:min-w-0 sm:grid-cols-3 rail:grid-cols-5 [&_input]:min-w-0">
        <TextField {...text("amount")} inputMode="decimal" />
        {select("state", states)}
        <TextField {...text("day")} type="date" />
        <TextField {...text("from")} type="time" />
        <TextField {...text("to")} type="time" />
      </div>
      <details open={rare.some((name) => typed[name] !== "" || faults[name])}>
        <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-accent">
          {t("more")}
        </summary>
        <div className="grid grid-cols-2 items-start gap-4 pt-1 pb-2 *:min-w-0 sm:grid-cols-3 rail:grid-cols-5 [&_input]:min-w-0">
          <TextField {...text("no")} spellCheck={false} autoCapitalize="off" />
          <TextField {...text("amountTo")} inputMode="decimal" />
          <TextField {...text("dayTo")} type="date" />
          {stores.length > 1 ? select("store", stores) : null}
          {accounts.length > 1 ? select("account", accounts) : null}
        </div>
      </details>
      <div className="flex flex-wrap items-center gap-3">
        <button type="submit" className={button.primary}>
          {t("show")}
        </button>
        {(["today", "yesterday"] as const).map((day) => (
          <Link
            key={day}
            href={paths.orderList(orderQuery({ ...typed, day: days[day], dayTo: "" }))}
            prefetch={false}
            aria-current={typed.day === days[day] && typed.dayTo === "" ? "true" : undefined}
            className={classes(
              button.secondary,
              "px-4 aria-[current]:border-accent aria-[current]:bg-accent-soft",
            )}
          >
            {t(day)}
          </Link>
        ))}
        {orderFilterFields.some((name) => typed[name] !== "") ? (
          <Link href={paths.orders} prefetch={false} className={button.quiet}>
            {t("clear")}
          </Link>
        ) : null}
      </div>
    </form>
  );
}
