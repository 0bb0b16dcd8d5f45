"use client";
import { useTranslations } from "next-intl";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import type { Role } from "#lib/domain/staff.ts";

type Props = {
  username: string;
  name: string;
  wish: { readonly role: Role; readonly by: string };
  /** The reader's own wish: somebody else has to agree. */
  isOwn: boolean;
  deeds: { agree: Deed; decline: Deed };
};

/** A raised role that waits for a second owner, and what the reader can do about it. */
export function RoleWish({ username, name, wish: { role, by }, isOwn, deeds }: Props) {
  const t = useTranslations("people");
  const words = useTranslations("roles");
  const agree = useFormDeed(deeds.agree, () => undefined);
  const decline = useFormDeed(deeds.decline, () => undefined);
  return (
    <Card
      title={t("wishTitle", { role: words(role) })}
      text={t(isOwn ? "wishOwn" : "wishText", { by, name, role: words(role) })}
      className="max-w-xl"
    >
      <p role="alert" className="text-stop-text empty:hidden">
        {agree.trouble ?? decline.trouble}
      </p>
      <div className="flex flex-wrap gap-3">
        {isOwn ? null : (
          <Button isBusy={agree.isBusy} onClick={() => agree.run({ username, role }, null)}>
            {t("wishAgree")}
          </Button>
        )}
        <Button look="secondary" isBusy={decline.isBusy} onClick={() => decline.run({ username }, null)}>
          {t(isOwn ? "wishTakeBack" : "wishDecline")}
        </Button>
      </div>
    </Card>
  );
}
