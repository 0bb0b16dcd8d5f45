import "server-only";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { HeadCopy } from "#lib/domain/recovery/restore.ts";

const schema = z.object({
  id: z.uuid(),
  epoch: z
    .string()
    .regex(/^[A-Z]$/)
    .nullable(),
  seq: z.int().min(0),
  hash: z.string().min(1),
});

/**
 * The copy of the audit's head outside the database; null where there is none. Throws when the file is there and cannot be
 * read: nobody may take damage for absence.
 */
export async function readHeadFile(path: string): Promise<HeadCopy | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  return schema.parse(JSON.parse(text));
}

/** Writes the copy whole or not at all. */
export async function writeHeadFile(path: string, copy: HeadCopy): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.new`;
  await writeFile(draft, `${JSON.stringify({ ...copy, writtenAt: new Date().toISOString() })}\n`, {
    flush: true,
  });
  await rename(draft, path);
}
