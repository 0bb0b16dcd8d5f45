import { useTranslations } from "next-intl";
import { button, card, classes } from "#components/ui/styles.ts";
import { TextField } from "#components/ui/text-field.tsx";

type Props = {
  confirm: (form: FormData) => Promise<void>;
  next: string;
  fault: "wrongCode" | "lockedCode" | null;
  /** What the person could answer with. */
  ways: { readonly hasApp: boolean; readonly hasPasskey: boolean };
};

/** Asks for a code of the authenticator app, or for a recovery code. */
export function CodeForm({ confirm, next, fault, ways }: Props) {
  const t = useTranslations("signIn");
  return (
    <form action={confirm} className={classes(card, "grid gap-4")}>
      <p role="alert" className="rounded-lg bg-stop-bg p-3 font-medium text-stop-text empty:hidden">
        {fault ? t(fault) : null}
      </p>
      <input type="hidden" name="next" value={next} />
      <TextField
        id="code"
        name="code"
        label={t(ways.hasApp ? "code" : "recoveryCode")}
        hint={t(ways.hasApp ? "codeHint" : "recoveryHint")}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={32}
        autoFocus={!ways.hasPasskey}
        required
      />
      <button type="submit" className={ways.hasPasskey ? button.secondary : button.primary}>
        {t("confirmCode")}
      </button>
    </form>
  );
}
