import { ChevronDown, CircleUserRound, GraduationCap, LogOut } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { LanguageSwitch } from "#components/session/language-switch.tsx";
import { button, card, classes } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { PageDisclosure } from "./page-disclosure.tsx";

type Props = {
  name: string;
  /** What this person is here, and where. */
  role: string;
  stores: string;
  /** Where whoever leads finds the drill; null: there is none, or it is not theirs to open. */
  drillUrl: string | null;
  signOut: () => Promise<void>;
};

/** Who is signed in, the language and the way out. A plain disclosure: it opens without scripts too. */
export function AccountMenu({ name, role, stores, drillUrl, signOut }: Props) {
  const t = useTranslations("nav");
  return (
    <PageDisclosure>
      <summary className={classes(button.quiet, "max-w-48 list-none [&::-webkit-details-marker]:hidden")}>
        <CircleUserRound aria-hidden className="size-5 shrink-0 text-quiet" />
        <span className="truncate">{name}</span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-quiet" />
      </summary>
      <div className={classes(card, "absolute right-0 z-20 mt-1 grid w-72 gap-4 p-4 shadow-high")}>
        <div>
          <p className="font-semibold">{name}</p>
          <p className="text-quiet">{stores ? `${role} · ${stores}` : role}</p>
        </div>
        <Link href={paths.me} prefetch={false} className={button.secondary}>
          {t("me")}
        </Link>
        <Link href={paths.status} prefetch={false} className={button.secondary}>
          {t("status")}
        </Link>
        {drillUrl ? (
          <a href={drillUrl} target="_blank" rel="noreferrer" className={button.secondary}>
            <GraduationCap aria-hidden className="size-5" />
            {t("drill")}
          </a>
        ) : null}
        <LanguageSwitch />
        <form action={signOut} className="grid">
          <button type="submit" className={button.secondary}>
            <LogOut aria-hidden className="size-5" />
            {t("signOut")}
          </button>
        </form>
      </div>
    </PageDisclosure>
  );
}
