import type { ReactNode } from "react";
import { card } from "#components/ui/styles.ts";

/** What is known of the order beside its money; unknown facts are left out, not shown empty. */
export function OrderFacts({ facts }: { facts: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className={`${card} grid gap-1 sm:grid-cols-[12rem_1fr]`}>
      {facts
        .filter(({ value }) => value !== null && value !== "")
        .map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
