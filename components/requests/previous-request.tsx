import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card.tsx";
import { textLink } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";

type Props = {
  request: {
    requestNo: string;
    status: string;
    decidedBy: string | null;
    decisionReason: string | null;
  };
};

/** The request that this form follows: what its manager wrote, and the way back to it. */
export function PreviousRequest({ request }: Props) {
  const t = useTranslations("refund");
  const { requestNo, status, decidedBy, decisionReason } = request;
  const isReturned = status === "RETURNED";
  return (
    <Card title={t(isReturned ? "answers" : "follows", { requestNo })}>
      {decisionReason ? (
        <blockquote className="border-wait-border border-l-4 pl-4">
          <p className="text-lg">{decisionReason}</p>
          {decidedBy ? <footer className="text-quiet">{decidedBy}</footer> : null}
        </blockquote>
      ) : null}
      {isReturned ? <p className="text-quiet">{t("replaces")}</p> : null}
      <Link href={paths.request(requestNo)} className={textLink}>
        {requestNo}
      </Link>
    </Card>
  );
}
