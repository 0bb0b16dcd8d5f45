import "server-only";
import { stringify } from "csv-stringify/sync";
import type { ExportPart } from "#lib/use-cases/exports/export-part.ts";

/** A column: its head, and its cell of a row. */
export type CsvColumn<Row> = { readonly head: string; readonly cell: (row: Row) => string };

type Csv<Row> = {
  /** ASCII, without the ending. */
  readonly fileName: string;
  readonly columns: readonly CsvColumn<Row>[];
  readonly parts: AsyncIterable<ExportPart<Row>>;
  /** What the last line says when there is more than the file may hold. */
  readonly cutWords: string;
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

async function* textOf<Row>({ columns, parts, cutWords }: Csv<Row>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(byteOrderMark + csvText([columns.map(({ head }) => head)]));
  for await (const { rows, isCut } of parts) {
    const lines = rows.map((row) => columns.map(({ cell }) => cell(row)));
    const last = columns.map((_, index) => (index === 0 ? cutWords : ""));
    yield encoder.encode(csvText(isCut ? [...lines, last] : lines));
  }
}

/**
 * A file somebody downloads, written while it is read: no more than a part of it is held at a time. An error on the way
 * breaks the download off, so half a file is never taken for a whole one.
 */
export function csvAnswer<Row>(csv: Csv<Row>): Response {
  const texts = textOf(csv);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${csv.fileName}.csv"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
