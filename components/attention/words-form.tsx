"use client";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextAreaField } from "#components/ui/text-area-field.tsx";
import { type Deed, useDeed } from "./use-deed.ts";

type Props = {
  caseNo: string;
  deed: Deed;
  /** The button that opens the form, and the one that sends it. */
  open: string;
  send: string;
  keep: string;
  /** The name of the written field, at the door and for people. */
  field: { name: string; label: string; hint: string };
  /** What else is chosen. */
  choice?: {
    name: string;
    label: string;
    choose: string;
    options: readonly { value: string; word: string }[];
  };
};

/** A deed that needs words: opens in place, and keeps what was typed when it is refused. */
export function WordsForm({ caseNo, deed, open, send, keep, field, choice }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const { run, fault, isBusy } = useDeed(deed);
  if (!isOpen)
    return (
      <Button look="secondary" onClick={() => setIsOpen(true)}>
        {open}
      </Button>
    );
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const chosen = choice ? { [choice.name]: form.get(choice.name) } : {};
    if (await run({ caseNo, ...chosen, [field.name]: form.get(field.name) })) setIsOpen(false);
  }
  return (
    <form onSubmit={submit} noValidate className="grid w-full gap-3">
      <p role="alert" className="text-stop-text empty:hidden">
        {fault}
      </p>
      {choice ? (
        <SelectField id={`${caseNo}-${choice.name}`} name={choice.name} label={choice.label} defaultValue="">
          <option value="" disabled>
            {choice.choose}
          </option>
          {choice.options.map(({ value, word }) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </SelectField>
      ) : null}
      <TextAreaField id={`${caseNo}-${field.name}`} name={field.name} label={field.label} hint={field.hint} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" isBusy={isBusy}>
          {send}
        </Button>
        <Button look="quiet" onClick={() => setIsOpen(false)}>
          {keep}
        </Button>
      </div>
    </form>
  );
}
