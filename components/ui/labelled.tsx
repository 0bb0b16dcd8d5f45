import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

export type FieldWords = {
  id: string;
  label: string;
  hint?: string | undefined;
  fault?: string | undefined;
  /** The fault comes while the focus stays in the field: read it out. */
  isUrgent?: boolean;
};

/** What a control must carry so that its hint and its fault are read with it. */
export function described({ id, hint, fault }: FieldWords) {
  const ids = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ");
  return { id, "aria-invalid": fault ? true : undefined, "aria-describedby": ids || undefined };
}

/** A control with its label above, its hint and what is wrong with it below. */
export function Labelled({
  id,
  label,
  hint,
  fault,
  isUrgent = false,
  children,
}: FieldWords & { children: ReactNode }) {
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="text-quiet">
          {hint}
        </p>
      ) : null}
      {fault ? (
        <p
          id={`${id}-fault`}
          role={isUrgent ? "alert" : undefined}
          className="flex items-start gap-1.5 font-medium text-stop-text"
        >
          <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-stop-icon" />
          {fault}
        </p>
      ) : null}
    </div>
  );
}
