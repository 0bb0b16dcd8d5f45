import type { ReactNode } from "react";
import { card, classes } from "./styles.ts";

export type Column<Row> = {
  key: string;
  head: string;
  cell: (row: Row) => ReactNode;
  isAmount?: boolean;
};
type Props<Row> = {
  /** What the table lists, read before its rows. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
};

/**
 * Rows to compare. Under 640 px every row becomes a card whose cells carry their column's name.
 */
export function DataTable<Row>({ caption, columns, rows, rowKey }: Props<Row>) {
  return (
    <table
      className={classes(
        card,
        "block w-full overflow-hidden p-0 sm:table sm:border-separate sm:border-spacing-0",
      )}
    >
      <caption className="sr-only">{caption}</caption>
      <thead className="hidden sm:table-header-group">
        <tr>
          {columns.map(({ key, head, isAmount }) => (
            <th
              key={key}
              scope="col"
              className={classes(
                "break-keep bg-page px-3 py-2.5 rail:px-4 font-medium text-quiet text-sm",
                isAmount ? "text-right" : "text-left",
              )}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block sm:table-row-group">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            className="block border-line border-t p-3 transition-colors first:border-t-0 hover:bg-accent-soft sm:table-row sm:p-0"
          >
            {columns.map(({ key, head, cell, isAmount }) => (
              <td
                key={key}
                className={classes(
                  "flex min-h-9 items-center justify-between gap-3 sm:table-cell sm:break-keep sm:border-line sm:border-t sm:px-3 sm:py-1.5 rail:px-4",
                  isAmount && "sm:text-right",
                )}
              >
                <span aria-hidden className="shrink-0 text-quiet text-sm sm:hidden">
                  {head}
                </span>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
