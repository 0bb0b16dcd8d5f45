import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { button } from "#components/ui/styles.ts";

type Props = { submit: string; isBusy: boolean; back: { href: string; word: string } };

/** The end of a form that has a page to itself: send it, or go back without. */
export function FormEnd({ submit, isBusy, back }: Props) {
  return (
    <div className="flex flex-wrap gap-3">
      <Button type="submit" isBusy={isBusy}>
        {submit}
      </Button>
      <Link href={back.href} prefetch={false} className={button.quiet}>
        {back.word}
      </Link>
    </div>
  );
}
