import { useTranslations } from "next-intl";
import { classes } from "#components/ui/styles.ts";

type Props = {
  isWhole: boolean;
  /** The whole rest in words: `NT$1,200`. */
  rest: string;
  onChoose: (isWhole: boolean) => void;
};

/** The whole rest or a part of it, where the account can refund parts. */
export function AmountChoice({ isWhole, rest, onChoose }: Props) {
  const t = useTranslations("refund");
  const choices = [
    { value: true, text: t("whole", { amount: rest }) },
    { value: false, text: t("part") },
  ];
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2">
      <legend className="mb-1.5 font-medium">{t("howMuch")}</legend>
      {choices.map(({ value, text }) => (
        <label
          key={text}
          className={classes(
            "flex min-h-12 cursor-pointer items-center gap-3 rounded-lg border px-4 has-focus-visible:outline-3 has-focus-visible:outline-accent",
            isWhole === value ? "border-accent bg-accent-soft font-semibold" : "border-edge bg-surface",
          )}
        >
          <input
            type="radio"
            name="share"
            checked={isWhole === value}
            onChange={() => onChoose(value)}
            className="size-5 accent-accent"
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
