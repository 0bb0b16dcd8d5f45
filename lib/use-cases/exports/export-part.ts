import "server-only";
import { limits } from "#lib/domain/limits.ts";

/** Some rows of an export. `isCut`: these are the last, and there are more than an export may hold. */
export type ExportPart<Row> = { readonly rows: readonly Row[]; readonly isCut: boolean };

/** The parts of a list up to `limits.exportRowsMax` rows. */
export async function* cutParts<Row>(
  parts: AsyncIterable<readonly Row[]>,
  rowsMax: number = limits.exportRowsMax,
): AsyncGenerator<ExportPart<Row>> {
  let left = rowsMax;
  for await (const rows of parts) {
    const isCut = rows.length > left;
    yield { rows: rows.slice(0, left), isCut };
    if (isCut) return;
    left -= rows.length;
  }
}
