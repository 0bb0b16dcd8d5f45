import "server-only";
import { createHash } from "node:crypto";
import { findRowDamage, type RowDamage } from "#lib/domain/export-check.ts";
import { rowMark, type SealedCheck } from "./audit-check.ts";

/** How a file stands to its check file. `resaved`: every cell is as it was exported, the bytes are not. */
export type ExportVerdict =
  | { readonly state: "whole" | "resaved" }
  | { readonly state: "damaged"; readonly damage: RowDamage };

const cell = /"((?:[^"]|"")*)"(,|\r?\n|$)/y;

/** The rows of a file as we write it, every cell in quotes; what reads otherwise is one last row of its own. */
export function readRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    cell.lastIndex = at;
    const [, content, end] = cell.exec(text) ?? [];
    if (content === undefined) return [...rows, [text.slice(at)]];
    row.push(content.replaceAll('""', '"'));
    at = cell.lastIndex;
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return row.length > 0 ? [...rows, row] : rows;
}

/** Holds an exported file against its check file; asks no books. */
export function checkExport(bytes: Buffer, check: SealedCheck): ExportVerdict {
  const marks = readRows(bytes.toString("utf8")).map(rowMark);
  const damage = findRowDamage(check.marks, marks);
  if (damage) return { state: "damaged", damage };
  const isSame = createHash("sha256").update(bytes).digest("hex") === check.sha256;
  return { state: isSame ? "whole" : "resaved" };
}
