import type { ComponentProps } from "react";
import { described, type FieldWords, Labelled } from "./labelled.tsx";
import { classes, field } from "./styles.ts";

type Props = ComponentProps<"input"> & FieldWords;

export function TextField({ id, label, hint, fault, isUrgent = false, className, ...rest }: Props) {
  const words = { id, label, hint, fault, isUrgent };
  return (
    <Labelled {...words}>
      <input {...rest} {...described(words)} className={classes(field, "read-only:bg-page", className)} />
    </Labelled>
  );
}
