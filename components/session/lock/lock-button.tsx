import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";

/** Locks the screen for a moment away. */
export function LockButton({ onPress }: { onPress: () => void }) {
  const t = useTranslations("lock");
  return (
    <Button look="quiet" onClick={onPress} className="text-quiet">
      <Lock aria-hidden className="size-5" />
      <span className="sr-only">{t("lock")}</span>
    </Button>
  );
}
