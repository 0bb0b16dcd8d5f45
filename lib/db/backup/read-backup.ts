import "server-only";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import type { z } from "zod";
import { keysOf, type MasterKey, ownRing } from "../keys/master-key.ts";
import {
  type BackupHeader,
  type BackupManifest,
  type BackupTable,
  endOfRows,
  formatNo,
  headerSchema,
  keyMark,
  manifestSchema,
  sealOf,
  sumSchema,
  tableSchema,
  WrongBackup,
} from "./format.ts";

/** What comes out of a backup, in this order: the header, tables each with its rows and an end, the manifest. */
export type BackupPart =
  | { readonly kind: "header"; readonly header: BackupHeader }
  | ({ readonly kind: "table" } & BackupTable)
  | { readonly kind: "rows"; readonly bytes: Buffer; readonly count: number }
  | { readonly kind: "end" }
  | ({ readonly kind: "manifest" } & BackupManifest);

/** The file is whole as far as anybody can tell, and none that can be used here. */
export class NoBackup extends Error {
  override readonly name = "NoBackup";
}

const newline = 10;

/** The unpacked file in blocks of whole lines. */
async function* wholeLines(path: string): AsyncGenerator<Buffer> {
  const unpacked = createGunzip();
  // What ends the file ends the packing, which is what is read below.
  pipeline(createReadStream(path), unpacked, () => undefined);
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of unpacked) {
    const bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const end = bytes.lastIndexOf(newline) + 1;
    rest = bytes.subarray(end);
    if (end > 0) yield bytes.subarray(0, end);
  }
  if (rest.length > 0) throw new WrongBackup("its last line is cut");
}

type Piece = { readonly bytes: Buffer /** How many rows; 0: a line of ours. */; readonly count: number };

/** Our lines one by one, and between a table's line and its end whatever rows a block holds at once. */
async function* pieces(path: string): AsyncGenerator<Piece> {
  let isInRows = false;
  for await (const block of wholeLines(path)) {
    let rows = { from: 0, count: 0 };
    for (let at = 0, end = 0; at < block.length; at = end) {
      end = block.indexOf(newline, at) + 1;
      const line = block.subarray(at, end);
      if (isInRows && !line.equals(endOfRows)) {
        rows.count += 1;
        continue;
      }
      if (rows.count > 0) yield { bytes: block.subarray(rows.from, at), count: rows.count };
      yield { bytes: line, count: 0 };
      isInRows = isTable(line);
      rows = { from: end, count: 0 };
    }
    if (rows.count > 0) yield { bytes: block.subarray(rows.from), count: rows.count };
  }
}

const startsWith = (line: Buffer, start: string) => line.toString("utf8", 0, start.length) === start;
const isTable = (line: Buffer) => startsWith(line, '{"table":');

function parsed<T extends z.ZodType>(schema: T, line: Buffer): z.output<T> {
  try {
    return schema.parse(JSON.parse(line.toString("utf8")));
  } catch (error) {
    throw new WrongBackup("a line of it is not what it should be", { cause: error });
  }
}

/** While one master key takes the other's place, a backup may have been made under either. */
const isByOurKey = (isBy: (key: MasterKey) => boolean) => keysOf(ownRing()).some(isBy);

/** The first line; a wrong one says more than that the file is damaged. */
function headerOf(line: Buffer): BackupPart {
  const first = line.toString("utf8", 0, 100);
  if (!first.startsWith('{"storedeskBackup":')) throw new NoBackup("is not a backup of Storedesk");
  if (Number.parseInt(first.slice(19), 10) > formatNo) throw new NoBackup("was made by a newer Storedesk");
  const header = parsed(headerSchema, line);
  if (!isByOurKey((key) => keyMark(key) === header.keyMark))
    throw new NoBackup("was made under another STOREDESK_MASTER_KEY");
  return { kind: "header", header };
}

/** What a line of ours after the first one is; null: the last one. */
function partOf(line: Buffer): BackupPart | null {
  if (line.equals(endOfRows)) return { kind: "end" };
  if (isTable(line)) return { kind: "table", ...parsed(tableSchema, line) };
  if (startsWith(line, '{"rows":')) return { kind: "manifest", ...parsed(manifestSchema, line) };
  return null;
}

function demandSum(line: Buffer, sum: string): void {
  const { sha256, seal } = parsed(sumSchema, line);
  if (sha256 !== sum) throw new WrongBackup("its content does not add up to its sum");
  if (!isByOurKey((key) => sealOf(key, sum) === seal)) throw new WrongBackup("its seal is broken");
}

/**
 * Reads a backup from its beginning to its end and throws WrongBackup where it is not the file that was written: the sum over
 * all of it comes last, so a reader who must not be wrong reads it twice (`checkBackup`).
 */
export async function* readBackup(path: string): AsyncGenerator<BackupPart> {
  const hash = createHash("sha256");
  let isFirst = true;
  let isOver = false;
  for await (const { bytes, count } of pieces(path)) {
    if (isOver) throw new WrongBackup("something follows its end");
    const part =
      count > 0 ? ({ kind: "rows", bytes, count } as const) : isFirst ? headerOf(bytes) : partOf(bytes);
    isFirst = false;
    isOver = part === null;
    if (part === null) demandSum(bytes, hash.digest("hex"));
    else {
      hash.update(bytes);
      yield part;
    }
  }
  if (!isOver) throw new WrongBackup("its end is missing");
}
