import type { LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";

type Props = {
  at: number;
  text: string;
  /** The place of the last one. */
  last: number;
  fault: string | undefined;
  signs: Record<"up" | "down" | "away", LucideIcon>;
  onType: (typed: string) => void;
  onMove: (by: -1 | 1) => void;
  onDrop: () => void;
};

/** One reason of the list. */
export function ReasonRow({
  at,
  text,
  last,
  fault,
  signs: { up: Up, down: Down, away: Away },
  ...on
}: Props) {
  const t = useTranslations("reasons");
  const name = `reasons.${at}`;
  return (
    <li className="grid gap-2 sm:grid-cols-[1fr_auto] sm:items-start">
      <TextField
        {...{ id: name, name, value: text, autoComplete: "off" }}
        onChange={({ target }) => on.onType(target.value)}
        label={t("nth", { n: at + 1 })}
        fault={fault}
      />
      <div className="flex gap-1 sm:pt-7">
        <Button look="quiet" aria-label={t("up", { text })} disabled={at === 0} onClick={() => on.onMove(-1)}>
          <Up aria-hidden className="size-5" />
        </Button>
        <Button
          look="quiet"
          aria-label={t("down", { text })}
          disabled={at === last}
          onClick={() => on.onMove(1)}
        >
          <Down aria-hidden className="size-5" />
        </Button>
        <Button look="quiet" aria-label={t("retire", { text })} disabled={last === 0} onClick={on.onDrop}>
          <Away aria-hidden className="size-5" />
        </Button>
      </div>
    </li>
  );
}
