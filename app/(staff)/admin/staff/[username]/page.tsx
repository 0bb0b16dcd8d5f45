import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { NewSecretsForm } from "#components/people/new-secrets-form.tsx";
import { StaffForm } from "#components/people/staff-form.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { card } from "#components/ui/styles.ts";
import { listOwnStores } from "#lib/auth/people/own-stores.ts";
import { findPerson } from "#lib/auth/people/people-in-sight.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { changeStaffAction, renewSecretsAction } from "../actions.ts";

type Props = { params: Promise<{ username: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).username) };
}

export default async function OneOfStaffPage({ params }: Props) {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "change-staff")) notFound();
  const person = await findPerson(appDatabase().db, staff, decodeURIComponent((await params).username));
  if (!person) notFound();
  const t = await getTranslations("people");
  const stores = await listOwnStores(appDatabase(), staff);
  const { username, name, role, storeIds } = person;
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
      <StaffForm
        start={{ username, name, role, storeIds }}
        stores={stores}
        deed={changeStaffAction}
        isActive={person.isActive}
      />
      <NewSecretsForm username={username} renew={renewSecretsAction} />
    </>
  );
}
