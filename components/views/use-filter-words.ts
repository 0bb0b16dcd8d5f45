import { useTranslations } from "next-intl";
import { orderFilterFields, type TypedFilter } from "#lib/domain/order-query.ts";
import { verdicts } from "#lib/domain/verdict.ts";

/** A filter of the order list in words, a field each. A day may be "today" or "yesterday", as saved views keep it. */
export function useFilterWords(): (typed: TypedFilter) => string[] {
  const t = useTranslations();
  const dayOf = (day: string) => (day === "today" || day === "yesterday" ? t(`orders.${day}`) : day);
  return (typed) => {
    const state = verdicts.find((verdict) => verdict === typed.state);
    const shown = {
      ...typed,
      ...{ state: state ? t(`verdict.${state}.word`) : typed.state },
      ...{ day: dayOf(typed.day), dayTo: dayOf(typed.dayTo) },
    };
    return orderFilterFields.flatMap((name) =>
      shown[name] === "" ? [] : [`${t(`orders.field.${name}`)} ${shown[name]}`],
    );
  };
}
