"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { useAnnounce } from "#components/ui/live-region.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import type { PracticeView } from "#lib/domain/practice-view.ts";
import { CaseList } from "./case-list.tsx";
import { JustMade } from "./just-made.tsx";
import { MadeList } from "./made-list.tsx";

type Props = { view: PracticeView; make: Deed; pay: Deed };

/** Choose a situation, get an order for it, be told what to try; and what was made before. */
export function PracticeDesk({ view, make, pay }: Props) {
  const t = useTranslations("drill");
  const announce = useAnnounce();
  const [account, setAccount] = useState(view.accounts[0]?.slug ?? "");
  const [newest, setNewest] = useState<string | null>(null);
  const { run, trouble, isBusy } = useFormDeed(make, ({ orderNo }) => {
    if (!orderNo) return;
    setNewest(orderNo);
    announce(t("made", { orderNo }));
  });
  return (
    <>
      {newest ? <JustMade orderNo={newest} /> : null}
      <p role="alert" className="text-stop-text empty:hidden">
        {trouble}
      </p>
      {view.accounts.length > 1 ? (
        <SelectField
          id="practice-account"
          label={t("store")}
          className="max-w-xs"
          value={account}
          onChange={(event) => setAccount(event.target.value)}
        >
          {view.accounts.map(({ slug, storeName }) => (
            <option key={slug} value={slug}>
              {storeName}
            </option>
          ))}
        </SelectField>
      ) : null}
      <CaseList isBusy={isBusy} make={(practice) => run({ account, practice }, null)} />
      <MadeList made={view.made} pay={pay} />
    </>
  );
}
