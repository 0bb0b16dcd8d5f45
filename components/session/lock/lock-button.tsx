import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { button, classes } from "#components/ui/styles.ts";

/** Locks the screen for a moment away. */
export function LockButton({ onPress }: { onPress: () => void }) {
  const t = useTranslations("lock");
  return (
    <button type="button" onClick={onPress} className={classes(button.quiet, "text-quiet")}>
      <Lock aria-hidden className="size-5" />
      <span className="sr-only">{t("lock")}</span>
    </button>
  );
}
