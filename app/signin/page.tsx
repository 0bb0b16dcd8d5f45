import { SignInForm } from "#components/session/sign-in-form.tsx";
import { env } from "#lib/env.ts";

export default function SignInPage() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center p-4">
      <SignInForm isDemo={env().STOREDESK_DEMO} />
    </main>
  );
}
