import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

const saveSoonMs = 50;

/** A JSON file that lets a killed simulator forget nothing; without a path it keeps nothing. */
export type StateFile<Content> = {
  /** What an earlier run left, or null. */
  read(): Content | null;
  /** Before an answer leaves: money moved or a setting changed. */
  save(): void;
  /** Within a moment: only the log or a gap changed. */
  saveSoon(): void;
};

export function stateFile<Content>(path: string | undefined, collect: () => Content): StateFile<Content> {
  let soon: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(soon);
    soon = undefined;
    if (!path) return;
    writeFileSync(`${path}.new`, JSON.stringify(collect()));
    renameSync(`${path}.new`, path);
  };
  return {
    read: () => (path && existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null),
    save,
    saveSoon() {
      if (path) soon ??= setTimeout(save, saveSoonMs);
    },
  };
}
