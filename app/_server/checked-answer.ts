import "server-only";
import { createHash } from "node:crypto";
import { type AuditCheckFile, rowMark } from "#lib/use-cases/exports/audit-check.ts";
import { readRows } from "#lib/use-cases/exports/check-export.ts";
import type { ExportPart } from "#lib/use-cases/exports/export-part.ts";
import { type Csv, csvStream, listName } from "./csv-answer.ts";
import { fileAnswer } from "./file-answer.ts";
import { zipStream } from "./zip-stream.ts";

/** What is known of a file once it was written. */
export type FileFacts = Pick<
  AuditCheckFile,
  "storedeskAuditCheck" | "file" | "madeAt" | "isCut" | "sha256" | "marks"
>;

/** A list and its check file in one archive: both are of the same reading, and neither goes without the other. */
export function checkedAnswer<Row>(csv: Csv<Row>, checkOf: (facts: FileFacts) => Promise<string>): Response {
  const name = listName(csv);
  const file = `${name}.csv`;
  const sum = createHash("sha256");
  const marks: string[] = [];
  let isCut = false;
  async function* parts(): AsyncGenerator<ExportPart<Row>> {
    for await (const part of csv.parts) {
      isCut ||= part.isCut;
      yield part;
    }
  }
  async function* list() {
    // A part of the list ends with a row's end, so its rows are read from what is written.
    for await (const bytes of csvStream({ ...csv, parts: parts() })) {
      sum.update(bytes);
      for (const cells of readRows(Buffer.from(bytes).toString("utf8"))) marks.push(rowMark(cells));
      yield bytes;
    }
  }
  async function* check() {
    const madeAt = new Date().toISOString();
    const facts = { storedeskAuditCheck: 1, file, madeAt, isCut, sha256: sum.digest("hex"), marks } as const;
    yield Buffer.from(await checkOf(facts));
  }
  const entries = [
    { name: file, bytes: list() },
    { name: `${name}.check.json`, bytes: check() },
  ];
  return fileAnswer(zipStream(entries), { name: `${name}.zip`, type: "application/zip" });
}
