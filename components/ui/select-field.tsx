import type { ComponentProps } from "react";
import { described, type FieldWords, Labelled } from "./labelled.tsx";
import { classes, field } from "./styles.ts";

type Props = ComponentProps<"select"> & FieldWords;

export function SelectField({ id, label, hint, fault, className, ...rest }: Props) {
  const words = { id, label, hint, fault };
  return (
    <Labelled {...words}>
      <select {...rest} {...described(words)} className={classes(field, className)} />
    </Labelled>
  );
}
