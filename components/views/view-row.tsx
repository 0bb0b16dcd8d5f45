import { useFormatter, useTranslations } from "next-intl";
import { button } from "#components/ui/styles.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { limits } from "#lib/domain/limits.ts";
import type { SavedView } from "#lib/domain/saved-view.ts";
import { useFilterWords } from "./use-filter-words.ts";

/** A plain form's deed: it leads back to the list. */
export type ViewDeed = (form: FormData) => Promise<void>;

type Props = {
  view: SavedView;
  /** Where the deeds lead back to. */
  list: string;
  rename: ViewDeed;
  drop: ViewDeed;
};

/** One saved view: what it narrows by, its name to change, and its end. */
export function ViewRow({ view, list, rename, drop }: Props) {
  const t = useTranslations();
  const format = useFormatter();
  const wordsOf = useFilterWords();
  const { id, name, kept, unfit } = view;
  const hidden = (
    <>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="list" value={list} />
    </>
  );
  return (
    <div className="grid gap-2 border-line border-t pt-4">
      <p className="min-w-0 break-words">{wordsOf(kept).join(" · ")}</p>
      {unfit.length > 0 ? (
        <p className="font-medium text-stop-text">
          {t("views.unfit", { fields: format.list(unfit.map((field) => t(`orders.field.${field}`))) })}
        </p>
      ) : null}
      <div className="flex flex-wrap items-end gap-3">
        <form action={rename} className="flex flex-wrap items-end gap-3">
          {hidden}
          <TextField
            {...{ id: `view-${id}`, name: "name", label: t("views.nameOf", { name }), defaultValue: name }}
            {...{ required: true, autoComplete: "off", maxLength: limits.viewNameLengthMax }}
          />
          <button type="submit" className={button.secondary}>
            {t("views.rename")}
          </button>
        </form>
        <form action={drop}>
          {hidden}
          <button type="submit" className={button.danger} aria-label={t("views.dropOf", { name })}>
            {t("views.drop")}
          </button>
        </form>
      </div>
    </div>
  );
}
