import { useTranslations } from "next-intl";
import type { Deed } from "#components/forms/use-form-deed.ts";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import type { Role } from "#lib/domain/staff.ts";
import { EndSession } from "./end-session.tsx";

type Line = {
  sessionId: string;
  name: string;
  username: string;
  role: Role;
  device: string;
  isThisDevice: boolean;
  startedAt: string;
  lastActionAt: string;
  isLocked: boolean;
  isOwn: boolean;
};
type Props = { rows: readonly Line[]; timeZone: string; end: Deed };

/** Who is signed in where, since when and last seen when; any but one's own can be ended here. */
export function SessionTable({ rows, timeZone, end }: Props) {
  const t = useTranslations("sessions");
  const roleWords = useTranslations("roles");
  const time = (at: string) => <ClockTime at={at} timeZone={timeZone} withDate />;
  return (
    <DataTable
      caption={t("title")}
      rows={rows}
      rowKey={({ sessionId }) => sessionId}
      columns={[
        {
          key: "who",
          head: t("who"),
          cell: ({ name, username, role }) => (
            <span>
              {name} · {username} · {roleWords(role)}
            </span>
          ),
        },
        {
          key: "device",
          head: t("device"),
          cell: ({ device, isThisDevice }) => <span>{isThisDevice ? t("thisDevice") : device}</span>,
        },
        { key: "since", head: t("since"), cell: ({ startedAt }) => time(startedAt) },
        {
          key: "last",
          head: t("last"),
          cell: ({ lastActionAt, isLocked }) => (
            <span>
              {time(lastActionAt)} {isLocked ? t("locked") : null}
            </span>
          ),
        },
        {
          key: "end",
          head: t("deed"),
          cell: ({ sessionId, isOwn, name }) =>
            isOwn ? <span>{t("own")}</span> : <EndSession sessionId={sessionId} name={name} end={end} />,
        },
      ]}
    />
  );
}
