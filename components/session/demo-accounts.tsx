"use client";
import { useTranslations } from "next-intl";
import { BareButton } from "#components/ui/button.tsx";
import { card, classes } from "#components/ui/styles.ts";
import type { DemoShop } from "#lib/domain/demo-shop.ts";

type Props = { demo: DemoShop; onChoose: (username: string) => void };

/** Who one can be in the demo; a press fills the form in. */
export function DemoAccounts({ demo: { password, pin, accounts }, onChoose }: Props) {
  const t = useTranslations();
  return (
    <section aria-labelledby="demo" className={classes(card, "grid gap-3 p-4")}>
      <h2 id="demo" className="font-semibold">
        {t("signIn.demoTitle")}
      </h2>
      <p className="text-quiet text-sm">{t("signIn.demo", { password, pin })}</p>
      <ul className="grid gap-1 sm:grid-cols-2">
        {accounts.map(({ username, role, stores }) => (
          <li key={username}>
            <BareButton
              onClick={() => onChoose(username)}
              className="grid min-h-11 w-full cursor-pointer rounded-lg px-3 py-1.5 text-left hover:bg-accent-soft"
            >
              <span className="font-medium font-mono text-accent text-sm">{username}</span>
              <span className="text-quiet text-sm">
                {t(`roles.${role}`)}
                {stores ? ` · ${stores}` : ""}
              </span>
            </BareButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
