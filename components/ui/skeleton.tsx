import { classes } from "./styles.ts";

/** The place of something on its way, in its final shape; the words around it say what is awaited. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden className={classes("block animate-pulse rounded-lg bg-line", className)} />;
}
