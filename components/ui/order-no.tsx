import { Fragment } from "react";
import { groupOrderNo } from "#lib/domain/order-no-groups.ts";
import { classes } from "./styles.ts";

/** An order number in groups for the eye; the gaps are drawn, not written, so that a copy and a screen reader get the number. */
export function OrderNo({ orderNo, className }: { orderNo: string; className?: string }) {
  let at = 0;
  return (
    <span className={classes("whitespace-nowrap font-mono", className)}>
      {groupOrderNo(orderNo).map((group) => {
        const start = at;
        at += group.length;
        return (
          <Fragment key={start}>{start === 0 ? group : <span className="ms-[0.3em]">{group}</span>}</Fragment>
        );
      })}
    </span>
  );
}
