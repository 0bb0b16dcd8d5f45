import "server-only";
import { stringify } from "csv-stringify/sync";
import type { ExportPart } from "#lib/use-cases/exports/export-part.ts";
import { fileAnswer } from "./file-answer.ts";

/** A column: its head, and its cell of a row. */
export type CsvColumn<Row> = { readonly head: string; readonly cell: (row: Row) => string };

export type Csv<Row> = {
  /** ASCII, without the ending. */
  readonly fileName: string;
  readonly columns: readonly CsvColumn<Row>[];
  readonly parts: AsyncIterable<ExportPart<Row>>;
  /** What the last line says when there is more than the file may hold. */
  readonly cutWords: string;
  /** What the line after the last one says in a drill; null in a desk. */
  readonly drillWords: string | null;
};

/** RFC 4180, every cell in quotes; what a spreadsheet would calculate stands behind an apostrophe (security paper T20). */
export function csvText(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => [...cells]);
  return stringify(lines, {
    record_delimiter: "windows",
    quoted: true,
    quoted_empty: true,
    escape_formulas: true,
  });
}

/** Excel takes the file for UTF-8 when it begins with this. */
const byteOrderMark = "\uFEFF";

/** The bytes of such a file, written while it is read. */
export async function* csvStream<Row>({
  columns,
  parts,
  cutWords,
  drillWords,
}: Omit<Csv<Row>, "fileName">): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const said = (words: string) => columns.map((_, index) => (index === 0 ? words : ""));
  yield encoder.encode(byteOrderMark + csvText([columns.map(({ head }) => head)]));
  for await (const { rows, isCut } of parts) {
    const lines = rows.map((row) => columns.map(({ cell }) => cell(row)));
    yield encoder.encode(csvText(isCut ? [...lines, said(cutWords)] : lines));
  }
  if (drillWords !== null) yield encoder.encode(csvText([said(drillWords)]));
}

/** What a list is called as a file: a drill's says so before anybody opens it. */
export function listName({ fileName, drillWords }: Pick<Csv<never>, "fileName" | "drillWords">): string {
  return drillWords === null ? fileName : `DRILL-${fileName}`;
}

/** A list as a file somebody downloads. */
export function csvAnswer<Row>(csv: Csv<Row>): Response {
  const type = "text/csv; charset=utf-8; header=present";
  return fileAnswer(csvStream(csv), { name: `${listName(csv)}.csv`, type });
}
