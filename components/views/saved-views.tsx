import { CircleAlert, CircleCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Banner } from "#components/ui/banner.tsx";
import { button, card, classes } from "#components/ui/styles.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { limits } from "#lib/domain/limits.ts";
import { paths } from "#lib/domain/paths.ts";
import type { SavedView, ViewWord } from "#lib/domain/saved-view.ts";
import { type ViewDeed, ViewRow } from "./view-row.tsx";

type Props = {
  views: readonly SavedView[];
  /** The address of the list that is shown, without its page; empty text: it is not narrowed. */
  list: string;
  /** What is shown can be saved. */
  canSave: boolean;
  /** What became of the last deed, and the name that was typed for it. */
  said: ViewWord | null;
  named: string;
  save: ViewDeed;
  rename: ViewDeed;
  drop: ViewDeed;
};

const good: readonly (ViewWord | null)[] = ["saved", "renamed", "dropped"];

/** The filters a person keeps under a name: to open, and to keep, rename or drop. Plain links and forms: they need no scripts. */
export function SavedViews({ views, list, canSave, said, named, save, rename, drop }: Props) {
  const t = useTranslations("views");
  const isGood = good.includes(said);
  if (views.length === 0 && !canSave && said === null) return null;
  return (
    <section aria-label={t("title")} className="grid gap-2">
      {said ? (
        <Banner meaning={isGood ? "good" : "stop"} Sign={isGood ? CircleCheck : CircleAlert}>
          <p role={isGood ? "status" : "alert"}>{t(`said.${said}`)}</p>
        </Banner>
      ) : null}
      <ViewLinks {...{ views, list }} />
      <details open={said !== null && !isGood}>
        <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-accent">
          {t(views.length > 0 ? "change" : "begin")}
        </summary>
        <div className={classes(card, "grid gap-4 p-4")}>
          {canSave ? (
            <form action={save} className="flex flex-wrap items-end gap-3">
              <input type="hidden" name="list" value={list} />
              <TextField
                {...{ id: "view-name", name: "name", label: t("name"), defaultValue: named }}
                {...{ required: true, autoComplete: "off", maxLength: limits.viewNameLengthMax }}
              />
              <button type="submit" className={button.secondary}>
                {t("save")}
              </button>
            </form>
          ) : (
            <p className="text-quiet">{t("narrowFirst")}</p>
          )}
          {views.map((view) => (
            <ViewRow key={view.id} {...{ view, list, rename, drop }} />
          ))}
          <p className="text-quiet text-sm">{t("follows")}</p>
        </div>
      </details>
    </section>
  );
}

/** The views to open; the one that is open is marked, and one that no longer fits says so. */
function ViewLinks({ views, list }: Pick<Props, "views" | "list">) {
  const t = useTranslations("views");
  if (views.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2">
      {views.map(({ id, name, list: own, unfit }) => (
        <li key={id} className="min-w-0">
          <Link
            href={paths.orderList(own)}
            prefetch={false}
            aria-current={own === list ? "true" : undefined}
            className={classes(
              button.secondary,
              "max-w-full px-4 aria-[current]:border-accent aria-[current]:bg-accent-soft",
            )}
          >
            {unfit.length > 0 ? <CircleAlert aria-hidden className="size-5 shrink-0 text-stop-icon" /> : null}
            <span className="truncate">{name}</span>
            {unfit.length > 0 ? <span className="sr-only">{t("unfitShort")}</span> : null}
          </Link>
        </li>
      ))}
    </ul>
  );
}
