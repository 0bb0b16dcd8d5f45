import { ChevronDown, LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { LanguageSwitch } from "#components/session/language-switch.tsx";
import { button, card, classes } from "#components/ui/styles.ts";

/** Who is signed in, the language and the way out. A plain disclosure: it opens without scripts too. */
export function AccountMenu({ name, signOut }: { name: string; signOut: () => Promise<void> }) {
  const t = useTranslations("nav");
  return (
    <details className="relative">
      <summary className={classes(button.quiet, "cursor-pointer list-none")}>
        {name}
        <ChevronDown aria-hidden className="size-5" />
      </summary>
      <div className={classes(card, "absolute right-0 z-10 mt-1 grid w-64 gap-3 p-3")}>
        <LanguageSwitch />
        <form action={signOut} className="grid">
          <button type="submit" className={button.secondary}>
            <LogOut aria-hidden className="size-5" />
            {t("signOut")}
          </button>
        </form>
      </div>
    </details>
  );
}
