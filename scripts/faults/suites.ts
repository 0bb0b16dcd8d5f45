/** The parts of the long column that are tests of `npm test` with their whole numbers: what they print goes into the report. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

export type Suite = { readonly key: string; readonly name: string; readonly args: readonly string[] };

export const suites: readonly Suite[] = [
  { key: "crash", name: "every crash point in every mood of the gateway", args: ["database", "test/faults"] },
  {
    key: "kill",
    name: "100 × kill -9 and 50 × immediate stop of PostgreSQL",
    args: ["programs", "test/live/flow"],
  },
];

/** Lines that tell counts, or what failed; Vitest's own and the product's log are left out. */
const isTold = (line: string) =>
  /crash points|: \d+$| × |orders, |Tests |✗|×|Error/.test(line) && !line.startsWith("{");

/** Runs one to its end and gives what it told. */
export async function runSuite({
  args: [project = "", ...files],
}: Suite): Promise<{ isGood: boolean; told: string }> {
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", project, ...files];
  const env = { ...process.env, STOREDESK_EXHAUSTIVE: "1", NO_COLOR: "1" };
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  return { isGood: code === 0, told: said.split("\n").filter(isTold).join("\n") };
}
