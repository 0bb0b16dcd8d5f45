import { useTranslations } from "next-intl";
import type { Deed } from "#components/forms/use-form-deed.ts";
import { Card } from "#components/ui/card.tsx";
import { AddPasskey } from "./add-passkey.tsx";
import { type Passkey, PasskeyRow } from "./passkey-row.tsx";

type Props = {
  passkeys: readonly Passkey[];
  timeZone: string;
  deeds: { begin: Deed; add: Deed; remove: Deed };
};

/** The passkeys of one's own account: each by its name, and one more. */
export function OwnPasskeys({ passkeys, timeZone, deeds }: Props) {
  const t = useTranslations("me.passkeys");
  return (
    <Card title={t("title")}>
      <p>{t("what")}</p>
      {passkeys.length > 0 ? (
        <ul className="grid divide-y divide-line">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.passkeyId} {...{ passkey, timeZone, remove: deeds.remove }} />
          ))}
        </ul>
      ) : null}
      <AddPasskey deeds={deeds} />
    </Card>
  );
}
