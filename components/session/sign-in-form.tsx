"use client";
import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { card } from "#components/ui/styles.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { LanguageSwitch } from "./language-switch.tsx";

type Props = {
  isDemo: boolean;
  /** With both, the form signs in without scripts too. */
  csrfToken?: string;
  callbackUrl?: string;
  /** A plain post came back refused. */
  isRefused?: boolean;
};

/** Sign-in: the same words whatever was wrong. */
export function SignInForm({ isDemo, csrfToken, callbackUrl = "/", isRefused = false }: Props) {
  const t = useTranslations("signIn");
  const router = useRouter();
  const [state, setState] = useState<"idle" | "busy" | "refused">(isRefused ? "refused" : "idle");
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setState("busy");
    const answer = await signIn("credentials", {
      username: form.get("username"),
      password: form.get("password"),
      redirect: false,
    });
    if (answer?.ok) {
      router.replace(callbackUrl);
      router.refresh();
    } else setState("refused");
  }
  return (
    <div className="grid gap-4">
      <form
        method="post"
        action="/api/auth/callback/credentials"
        onSubmit={submit}
        className={`${card} grid gap-4`}
      >
        <h1 className="font-bold text-2xl">{t("title")}</h1>
        <p role="alert" className="text-stop-text empty:hidden">
          {state === "refused" ? t("refused") : null}
        </p>
        {csrfToken ? <input type="hidden" name="csrfToken" value={csrfToken} /> : null}
        <input type="hidden" name="callbackUrl" value={callbackUrl} />
        <TextField id="username" name="username" label={t("username")} autoComplete="username" required />
        <TextField
          id="password"
          name="password"
          type="password"
          label={t("password")}
          autoComplete="current-password"
          required
        />
        <Button type="submit" isBusy={state === "busy"} busyWord={t("busy")}>
          {t("submit")}
        </Button>
        {isDemo ? <p className="text-quiet">{t("demo")}</p> : null}
      </form>
      <LanguageSwitch />
    </div>
  );
}
