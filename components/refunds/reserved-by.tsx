import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import { paths } from "#lib/domain/paths.ts";

export type Reservations = NonNullable<NonNullable<ActionAnswer["refusal"]>["reservedBy"]>;

/** Which requests keep the money reserved; links for those the reader may open. */
export function ReservedBy({ requests }: { requests: Reservations }) {
  const t = useTranslations("refund");
  if (requests.length === 0) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-3">
      {requests.map(({ requestNo, by, canOpen }) => {
        const text = t("reservedBy", { requestNo, by });
        return canOpen ? (
          <Link
            key={requestNo}
            href={paths.request(requestNo)}
            className="inline-flex min-h-9 items-center underline underline-offset-4"
          >
            {text}
          </Link>
        ) : (
          <span key={requestNo}>{text}</span>
        );
      })}
    </p>
  );
}
