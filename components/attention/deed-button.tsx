"use client";
import { Button } from "#components/ui/button.tsx";
import type { ButtonLook } from "#components/ui/styles.ts";
import { type Deed, useDeed } from "./use-deed.ts";

type Props = { word: string; input: object; deed: Deed; look?: ButtonLook };

/** A deed that needs no words: one press, and why not where it was refused. */
export function DeedButton({ word, input, deed, look = "secondary" }: Props) {
  const { run, fault, isBusy } = useDeed(deed);
  return (
    <>
      <Button look={look} isBusy={isBusy} onClick={() => run(input)}>
        {word}
      </Button>
      <p role="alert" className="text-stop-text empty:hidden">
        {fault}
      </p>
    </>
  );
}
