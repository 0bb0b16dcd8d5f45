"use client";
import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Labelled } from "#components/ui/labelled.tsx";
import { button, card, field } from "#components/ui/styles.ts";

/** Sign-in: the same words whatever was wrong. */
export function SignInForm({ isDemo }: { isDemo: boolean }) {
  const t = useTranslations("signIn");
  const router = useRouter();
  const [state, setState] = useState<"idle" | "busy" | "refused">("idle");
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
      router.replace("/");
      router.refresh();
    } else setState("refused");
  }
  return (
    <form onSubmit={submit} className={`${card} grid gap-4`}>
      <h1 className="text-2xl font-bold">{t("title")}</h1>
      <p role="alert" className="text-stop-text empty:hidden">
        {state === "refused" ? t("refused") : null}
      </p>
      <Labelled id="username" label={t("username")}>
        <input id="username" name="username" autoComplete="username" required className={field} />
      </Labelled>
      <Labelled id="password" label={t("password")}>
        <input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          className={field}
        />
      </Labelled>
      <button type="submit" className={button.primary} disabled={state === "busy"}>
        {state === "busy" ? t("busy") : t("submit")}
      </button>
      {isDemo ? <p className="text-quiet">{t("demo")}</p> : null}
    </form>
  );
}
