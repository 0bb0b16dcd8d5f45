"use client";
import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { card } from "#components/ui/styles.ts";
import { TextField } from "#components/ui/text-field.tsx";
import type { DemoShop } from "#lib/domain/demo-shop.ts";
import { DemoAccounts } from "./demo-accounts.tsx";

type Props = {
  /** In demo mode only: whose accounts to offer. */
  demo: DemoShop | null;
  callbackUrl?: string;
  /** Signs in where no script runs. */
  plain: (form: FormData) => Promise<void>;
  /** A plain form came back. */
  wasRefused: boolean;
};

/** Sign-in: the same words whatever was wrong. */
export function SignInForm({ demo, callbackUrl = "/", plain, wasRefused }: Props) {
  const t = useTranslations("signIn");
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [state, setState] = useState<"idle" | "busy" | "refused">(wasRefused ? "refused" : "idle");
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    setState("busy");
    const answer = await signIn("credentials", {
      username: typed.get("username"),
      password: typed.get("password"),
      redirect: false,
    });
    if (answer?.ok) {
      router.replace(callbackUrl);
      router.refresh();
    } else setState("refused");
  }
  function fillIn(username: string) {
    const fields = form.current?.elements;
    const put = (name: string, value: string) => {
      const field = fields?.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    };
    put("username", username);
    put("password", demo?.password ?? "");
    const button = fields?.namedItem("submit");
    if (button instanceof HTMLButtonElement) button.focus();
  }
  return (
    <>
      <form ref={form} action={plain} onSubmit={submit} className={`${card} grid gap-4`}>
        <p role="alert" className="rounded-lg bg-stop-bg p-3 font-medium text-stop-text empty:hidden">
          {state === "refused" ? t("refused") : null}
        </p>
        <input type="hidden" name="next" value={callbackUrl} />
        <TextField
          id="username"
          name="username"
          label={t("username")}
          autoComplete="username"
          autoCapitalize="off"
          required
        />
        <TextField
          id="password"
          name="password"
          type="password"
          label={t("password")}
          autoComplete="current-password"
          required
        />
        <Button type="submit" name="submit" isBusy={state === "busy"} busyWord={t("busy")}>
          {t("submit")}
        </Button>
      </form>
      {demo ? <DemoAccounts demo={demo} onChoose={fillIn} /> : null}
    </>
  );
}
