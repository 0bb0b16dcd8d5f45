import { UserPlus } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { button, textLink } from "#components/ui/styles.ts";
import { formatMoney } from "#lib/domain/money.ts";
import type { OwnLimits } from "#lib/domain/own-limit.ts";
import { paths } from "#lib/domain/paths.ts";
import type { Role } from "#lib/domain/staff.ts";

export type StaffLine = {
  username: string;
  name: string;
  role: Role;
  storeNames: readonly string[];
  isActive: boolean;
  isSignedIn: boolean;
  lastSeenAt: string | null;
  limits: OwnLimits;
  /** A raised role that waits for a second owner. */
  wish: { readonly role: Role } | null;
};

/** Everybody one may manage; a row leads to the account. */
export function StaffTable({ rows, timeZone }: { rows: readonly StaffLine[]; timeZone: string }) {
  const t = useTranslations("people");
  const format = useFormatter();
  const roleWords = useTranslations("roles");
  return (
    <DataTable
      caption={t("title")}
      rows={rows}
      rowKey={({ username }) => username}
      columns={[
        {
          key: "name",
          head: t("name"),
          cell: ({ username, name }) => (
            <Link href={paths.oneOfStaff(username)} prefetch={false} className={textLink}>
              {name}
            </Link>
          ),
        },
        { key: "username", head: t("username"), cell: ({ username }) => <span>{username}</span> },
        {
          key: "role",
          head: t("role"),
          cell: ({ role, wish }) => (
            <span>
              {roleWords(role)}
              {wish ? (
                <span className="block text-quiet">{t("wished", { role: roleWords(wish.role) })}</span>
              ) : null}
            </span>
          ),
        },
        {
          key: "stores",
          head: t("stores"),
          cell: ({ storeNames, role }) => (
            <span>{role === "auditor" ? t("allStores") : format.list(storeNames) || "–"}</span>
          ),
        },
        {
          key: "limit",
          head: t("ownLimit"),
          cell: ({ limits: { perRefundMinor, currency } }) => (
            <span>
              {currency && perRefundMinor > 0
                ? formatMoney({ amountMinor: perRefundMinor, currency })
                : t("noOwnLimit")}
            </span>
          ),
        },
        {
          key: "state",
          head: t("state"),
          cell: ({ isActive, isSignedIn, lastSeenAt }) => (
            <span>
              {isActive ? null : t("closed")}
              {isActive && isSignedIn ? t("signedIn") : null}
              {isActive && !isSignedIn
                ? lastSeenAt
                  ? t.rich("lastSeen", {
                      time: () => <ClockTime at={lastSeenAt} timeZone={timeZone} withDate />,
                    })
                  : t("neverSeen")
                : null}
            </span>
          ),
        },
      ]}
    />
  );
}

/** The way to a new account. */
export function AddStaffLink() {
  const t = useTranslations("people");
  return (
    <Link href={paths.newStaff} prefetch={false} className={button.primary}>
      <UserPlus aria-hidden className="size-5" />
      {t("new")}
    </Link>
  );
}
