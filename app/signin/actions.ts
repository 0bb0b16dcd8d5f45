"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { isFromOwnPage } from "#app/_server/from-own-page.ts";
import { currentSession, putSession } from "#app/_server/session.ts";
import { secondStepAction } from "#app/_server/staff-action.ts";
import { addressOf } from "#lib/auth/address-limit.ts";
import { deviceOf } from "#lib/auth/options.ts";
import { askPasskey } from "#lib/auth/passkey/ask-passkey.ts";
import { confirmByPasskey } from "#lib/auth/session/confirm-by-passkey.ts";
import { confirmSignIn } from "#lib/auth/session/confirm-sign-in.ts";
import { signIn } from "#lib/auth/sign-in.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { codeForm, nextForm, nothingForm, signInForm } from "#lib/domain/forms.ts";
import { passkeyUsedForm } from "#lib/domain/passkey.ts";
import { paths } from "#lib/domain/paths.ts";
import { ok } from "#lib/domain/result.ts";

/** The first step, as a form sends it where no script runs; with scripts it goes by the address of next-auth. */
export async function signInAction(form: FormData): Promise<void> {
  if (!(await isFromOwnPage()) || !(form instanceof FormData)) redirect(paths.signIn);
  const { next } = nextForm.parse({ next: form.get("next") });
  const typed = signInForm.parse(Object.fromEntries(form));
  const sent = await headers();
  const [deviceId, address] = [deviceOf(sent.get("cookie")), addressOf((name) => sent.get(name))];
  const answer = await signIn(appDatabase(), { ...typed, deviceId, address });
  if (!answer.ok) redirect(`${paths.thenTo(paths.signIn, next)}&why=refused`);
  await putSession(answer.value);
  redirect(next);
}

/** The second step of signing in, as a plain form sends it: on to where they were going, or back with what was wrong. */
export async function confirmCodeAction(form: FormData): Promise<void> {
  const session = (await isFromOwnPage()) ? await currentSession({ isAction: false }) : null;
  if (session?.stage !== "code") redirect(paths.signIn);
  const { next } = nextForm.parse({ next: form.get("next") });
  const typed = codeForm.safeParse({ code: form.get("code") });
  const answer = await confirmSignIn(appDatabase(), session.staff, { code: typed.data?.code ?? "" });
  if (!answer.ok) redirect(`${paths.thenTo(paths.signInCode, next)}&why=${answer.refusal.why}`);
  await putSession(answer.value);
  redirect(next);
}

/** The second step by a passkey, which needs scripts: what this browser is asked to sign, and its answer. */
export const askPasskeyAction = secondStepAction(
  nothingForm,
  (half) => askPasskey(appDatabase(), half),
  (passkey) => ({ passkey }),
);

export const confirmPasskeyAction = secondStepAction(passkeyUsedForm, async (half, used) => {
  const answer = await confirmByPasskey(appDatabase(), half, used);
  if (!answer.ok) return answer;
  await putSession(answer.value);
  return ok(null);
});
