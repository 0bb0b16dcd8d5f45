"use client";
import { useTranslations } from "next-intl";
import { InfoDialog } from "#components/ui/info-dialog.tsx";

type Props = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** The keys of each shortcut, pressed one after another, and what they do. */
  rows: readonly { keys: readonly string[]; word: string }[];
};

/** The dialog that lists the shortcuts. */
export function ShortcutHelp({ isOpen, onOpenChange, rows }: Props) {
  const t = useTranslations("keys");
  return (
    <InfoDialog {...{ isOpen, onOpenChange }} title={t("title")} text={t("text")} close={t("close")}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2">
        {rows.map(({ keys, word }) => (
          <div key={word} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-9 rounded-lg border border-edge bg-page px-2 py-1 text-center font-mono text-base"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{word}</dd>
          </div>
        ))}
      </dl>
    </InfoDialog>
  );
}
