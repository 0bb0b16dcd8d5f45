import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import type { Capabilities } from "#lib/domain/gateway-facts.ts";
import { formatMoney, type Money } from "#lib/domain/money.ts";
import type { OwnLimitFacts } from "#lib/domain/own-limit.ts";
import { ApprovalPath } from "./approval-path.tsx";
import { GatewayPreview } from "./gateway-preview.tsx";

type Props = {
  own: OwnLimitFacts;
  storeName: string;
  staffName: string;
  takes: Pick<Capabilities["refund"], "reasonLengthMax" | "cashierLengthMax">;
  /** What is typed; null: it is no amount. */
  asked: Money | null;
  typed: { reason: string; note: string };
  isBusy: boolean;
};

/** What sending will do, and the button that sends: on wide screens beside the fields, so that both are in sight. */
export function RefundOutlook({ asked, typed, own, storeName, staffName, takes, isBusy }: Props) {
  const t = useTranslations("refund");
  return (
    <div className="grid content-start gap-5">
      <GatewayPreview
        {...{ ...typed, takes }}
        amount={asked ? formatMoney(asked) : "–"}
        cashier={staffName}
      />
      <ApprovalPath {...{ asked, own, storeName }} />
      <Button type="submit" isBusy={isBusy} busyWord={t("busy")} className="w-full">
        {t("submit")}
      </Button>
    </div>
  );
}
