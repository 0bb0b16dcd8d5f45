"use client";
import { useTranslations } from "next-intl";
import { card, classes } from "#components/ui/styles.ts";
import type { Role } from "#lib/domain/staff.ts";

type Account = { username: string; role: Role; stores: string };

/** The accounts of the demo shop (contract, "Demo accounts"); shown and accepted in demo mode only. */
const accounts: readonly Account[] = [
  { username: "cashier", role: "cashier", stores: "信義店" },
  { username: "manager", role: "manager", stores: "信義店" },
  { username: "manager2", role: "manager", stores: "信義店" },
  { username: "siam-cashier", role: "cashier", stores: "Siam" },
  { username: "siam-manager", role: "manager", stores: "Siam" },
  { username: "owner", role: "owner", stores: "信義店, Siam" },
  { username: "auditor", role: "auditor", stores: "" },
];
export const demoPassword = "storedesk-demo";

/** Who one can be in the demo; a press fills the form in. */
export function DemoAccounts({ onChoose }: { onChoose: (username: string) => void }) {
  const t = useTranslations();
  return (
    <section aria-labelledby="demo" className={classes(card, "grid gap-3 p-4")}>
      <h2 id="demo" className="font-semibold">
        {t("signIn.demoTitle")}
      </h2>
      <p className="text-quiet text-sm">{t("signIn.demo")}</p>
      <ul className="grid gap-1 sm:grid-cols-2">
        {accounts.map(({ username, role, stores }) => (
          <li key={username}>
            <button
              type="button"
              onClick={() => onChoose(username)}
              className="grid min-h-11 w-full cursor-pointer rounded-lg px-3 py-1.5 text-left hover:bg-accent-soft"
            >
              <span className="font-medium font-mono text-accent text-sm">{username}</span>
              <span className="text-quiet text-sm">
                {t(`roles.${role}`)}
                {stores ? ` · ${stores}` : ""}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
