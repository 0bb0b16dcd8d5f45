"use client";
import { OctagonAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Children, type ReactNode } from "react";
import { classes, meanings } from "#components/ui/styles.ts";

type Props = {
  /** Fields to mend: their ids and names; the sentence stands beside each. */
  fields: readonly { id: string; name: string }[];
  /** What is wrong with the whole, in words. */
  children?: ReactNode;
};

/** What keeps a form from being sent, on top of it and read out at once; its links lead to the fields. */
export function ErrorSummary({ fields, children }: Props) {
  const t = useTranslations("errors");
  const hasWords = Children.toArray(children).length > 0;
  const isShown = fields.length > 0 || hasWords;
  return (
    <div role="alert" className="empty:hidden">
      {isShown ? (
        <div className={classes("flex items-start gap-3 rounded-lg border p-4", meanings.stop)}>
          <OctagonAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
          <div className="grid min-w-0 gap-1">
            {children}
            {fields.length > 0 ? (
              <p className="flex flex-wrap items-center gap-x-3">
                <span className="font-semibold">{t("check")}</span>
                {fields.map(({ id, name }) => (
                  <a
                    key={id}
                    href={`#${id}`}
                    className="inline-flex min-h-9 items-center underline underline-offset-4"
                  >
                    {name}
                  </a>
                ))}
              </p>
            ) : null}
          </div>
        </div>
      ) : null}
    </div>
  );
}
