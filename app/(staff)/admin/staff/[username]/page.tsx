import { Hourglass } from "lucide-react";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { LimitsForm } from "#components/people/limits-form.tsx";
import { NewSecretsForm } from "#components/people/new-secrets-form.tsx";
import { ResetFactor } from "#components/people/reset-factor.tsx";
import { RoleWish } from "#components/people/role-wish.tsx";
import { StaffForm } from "#components/people/staff-form.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { card } from "#components/ui/styles.ts";
import { hasFactor } from "#lib/auth/factor/has-factor.ts";
import { listOwnStores } from "#lib/auth/people/own-stores.ts";
import { findPerson, type StaffRow } from "#lib/auth/people/people-in-sight.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { toDecimalText } from "#lib/domain/money.ts";
import { roleCan } from "#lib/domain/staff.ts";
import {
  agreeRoleAction,
  changeLimitsAction,
  changeStaffAction,
  declineRoleAction,
  renewSecretsAction,
  resetFactorAction,
} from "../actions.ts";

type Props = { params: Promise<{ username: string }> };

export default async function OneOfStaffPage({ params }: Props) {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "change-staff")) notFound();
  const person = await findPerson(appDatabase().db, staff, decodeURIComponent((await params).username));
  if (!person) notFound();
  const t = await getTranslations("people");
  const stores = await listOwnStores(appDatabase(), staff);
  const { username, name, role, storeIds } = person;
  const timeZone = stores[0]?.timeZone ?? "Asia/Taipei";
  if (person.personId === staff.personId) {
    return (
      <>
        <PageHead title={name} text={username} />
        <p className={card}>{t("yourself")}</p>
      </>
    );
  }
  return (
    <>
      <PageHead title={name} text={username} />
      {person.decidesFrom ? (
        <Banner meaning="wait" Sign={Hourglass}>
          <p>
            {t.rich("decidesFrom", {
              time: () => <ClockTime at={person.decidesFrom ?? ""} timeZone={timeZone} withDate />,
            })}
          </p>
        </Banner>
      ) : null}
      {person.wish ? (
        <RoleWish
          {...{ username, name, wish: person.wish, isOwn: person.wish.byPersonId === staff.personId }}
          deeds={{ agree: agreeRoleAction, decline: declineRoleAction }}
        />
      ) : null}
      <StaffForm
        start={{ username, name, role, storeIds }}
        stores={stores}
        deed={changeStaffAction}
        isActive={person.isActive}
      />
      {roleCan(role, "request-refund") ? <OwnLimits person={person} /> : null}
      <NewSecretsForm username={username} renew={renewSecretsAction} />
      {(await hasFactor(appDatabase(), person.staffId)) ? (
        <ResetFactor username={username} reset={resetFactorAction} />
      ) : null}
    </>
  );
}

/** What they may refund without a manager, where all their stores count in one currency. */
async function OwnLimits({ person: { username, limits, currency } }: { person: StaffRow }) {
  const t = await getTranslations("ownLimit");
  if (currency === null) return <p className={card}>{t("twoCurrencies")}</p>;
  const isTheirs = limits.currency === currency;
  const amount = (amountMinor: number) =>
    toDecimalText({ amountMinor: isTheirs ? amountMinor : 0, currency });
  const start = {
    perRefund: amount(limits.perRefundMinor),
    dayCount: String(limits.dayCountMax),
    daySum: amount(limits.daySumMinor),
    saleDays: String(limits.saleAgeMaxDays),
  };
  return <LimitsForm {...{ username, start }} change={changeLimitsAction} />;
}
