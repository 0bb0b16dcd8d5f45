import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { DeputySection } from "#components/deputy/deputy-section.tsx";
import { OwnFactor } from "#components/factor/own-factor.tsx";
import { OwnPasskeys } from "#components/factor/own-passkeys.tsx";
import { OwnSecretForm } from "#components/people/own-secret-form.tsx";
import { OwnSessions } from "#components/people/own-sessions.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { viewOwnFactor } from "#lib/auth/factor/begin-factor.ts";
import { listOwnSessions } from "#lib/auth/own/sessions.ts";
import { listOwnPasskeys } from "#lib/auth/passkey/begin-passkey.ts";
import { listOwnStores } from "#lib/auth/people/own-stores.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewDeputies } from "#lib/use-cases/deputy/view-deputies.ts";
import {
  addPasskeyAction,
  beginFactorAction,
  beginPasskeyAction,
  changeOwnSecretAction,
  confirmFactorAction,
  endDeputyAction,
  endOwnSessionsAction,
  nameDeputyAction,
  removeFactorAction,
  removePasskeyAction,
} from "./actions.ts";

export default async function MePage() {
  const staff = await requireStaff();
  const t = await getTranslations();
  const [sessions, factor, passkeys, stores] = await Promise.all([
    listOwnSessions(appDatabase(), staff),
    viewOwnFactor(appDatabase(), staff),
    listOwnPasskeys(appDatabase(), staff),
    listOwnStores(appDatabase(), staff),
  ]);
  const { name, username, role } = staff;
  const timeZone = stores[0]?.timeZone ?? "Asia/Taipei";
  return (
    <>
      <PageHead title={t("me.title")} text={`${name} · ${username} · ${t(`roles.${role}`)}`} />
      <OwnSessions sessions={sessions} timeZone={timeZone} end={endOwnSessionsAction} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <OwnSecretForm what="pin" change={changeOwnSecretAction} />
        <OwnSecretForm what="password" change={changeOwnSecretAction} />
      </div>
      {roleCan(role, "name-deputy") ? (
        <DeputySection
          deputies={await viewDeputies(appContext(), staff)}
          name={nameDeputyAction}
          end={endDeputyAction}
        />
      ) : null}
      <OwnFactor
        factor={factor}
        timeZone={timeZone}
        deeds={{ begin: beginFactorAction, confirm: confirmFactorAction, remove: removeFactorAction }}
      />
      <OwnPasskeys
        passkeys={passkeys}
        timeZone={timeZone}
        deeds={{ begin: beginPasskeyAction, add: addPasskeyAction, remove: removePasskeyAction }}
      />
    </>
  );
}
