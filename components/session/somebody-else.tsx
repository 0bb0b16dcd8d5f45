import { useTranslations } from "next-intl";
import { button } from "#components/ui/styles.ts";

/** The way out for whoever is not the person who is asked. */
export function SomebodyElse({ signOut }: { signOut: () => Promise<void> }) {
  const t = useTranslations("signIn");
  return (
    <form action={signOut} className="grid">
      <button type="submit" className={button.quiet}>
        {t("somebodyElse")}
      </button>
    </form>
  );
}
