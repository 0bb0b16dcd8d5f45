import "server-only";
import { createHmac } from "node:crypto";
import { z } from "zod";
import type { MasterKey } from "../keys/master-key.ts";

/** The layout of the file that this version writes and reads. */
export const formatNo = 1;

/** What is wrong with a backup or with where it shall go, as one sentence for the operator. */
export class WrongBackup extends Error {
  override readonly name = "WrongBackup";
}

/** First line: what the file is and from where. `keyMark` tells one master key from another and gives neither away. */
export const headerSchema = z.object({
  storedeskBackup: z.int(),
  madeAt: z.iso.datetime(),
  environment: z.string(),
  keyMark: z.string(),
  /** The newest migration the books had: its instant in ms, and its name. */
  migration: z.object({ when: z.int(), tag: z.string() }),
  audit: z.object({ seq: z.int().min(0), hash: z.string() }),
});
export type BackupHeader = z.output<typeof headerSchema>;

/** Before each table's rows. */
export const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });
export type BackupTable = z.output<typeof tableSchema>;

/** After the last table: what has to be there. `sequences`: the last number each gave; null: none yet. */
export const manifestSchema = z.object({
  rows: z.record(z.string(), z.int().min(0)),
  sequences: z.record(z.string(), z.int().nullable()),
});
export type BackupManifest = z.output<typeof manifestSchema>;

/** Last line: SHA-256 of everything before it, and that sum sealed with the master key. */
export const sumSchema = z.object({ sha256: z.string(), seal: z.string() });

/** Ends a table's rows, as COPY writes it; no row looks like it, because COPY doubles a row's backslashes. */
export const endOfRows = Buffer.from("\\.\n");

const hmac = (key: MasterKey, text: string) =>
  createHmac("sha256", key.derive("backup")).update(text).digest("hex");

/** The same for every backup under one master key. */
export const keyMark = (key: MasterKey) => hmac(key, "which key").slice(0, 16);

/** What only a holder of the master key can write under a sum. */
export const sealOf = (key: MasterKey, sha256: string) => hmac(key, `sum ${sha256}`);
