import type { ReactNode } from "react";

/** A field with its label and, under it, what is wrong with it. */
export function Labelled({
  id,
  label,
  fault,
  children,
}: {
  id: string;
  label: string;
  fault?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children}
      {fault ? (
        <p id={`${id}-fault`} className="text-stop-text">
          {fault}
        </p>
      ) : null}
    </div>
  );
}
