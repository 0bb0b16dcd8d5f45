import type { ComponentProps } from "react";
import { described, type FieldWords, Labelled } from "./labelled.tsx";
import { classes, field } from "./styles.ts";

type Props = ComponentProps<"textarea"> & FieldWords;

export function TextAreaField({ id, label, hint, fault, isUrgent = false, className, ...rest }: Props) {
  const words = { id, label, hint, fault, isUrgent };
  return (
    <Labelled {...words}>
      <textarea rows={3} {...rest} {...described(words)} className={classes(field, "py-2", className)} />
    </Labelled>
  );
}
