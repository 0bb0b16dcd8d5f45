import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

/** What a program of ours prints that logs `lines`, each its fields and its sentence. */
function printed(lines: readonly (readonly [object, string])[]): string {
  const program = `
    const { log } = await import("#lib/log.ts");
    for (const [fields, sentence] of ${JSON.stringify(lines)}) log.warn(fields, sentence);`;
  const flags = ["--conditions=react-server", "--disable-warning=ExperimentalWarning", "--input-type=module"];
  return execFileSync(process.execPath, [...flags, "--eval", program], { encoding: "utf8" });
}

const forged = '{"level":30,"msg":"sign-in done"}';
const payloads = [
  `PO1\n${forged}`,
  `PO1\r\n${forged}`,
  `PO1\r${forged}`,
  "\u001b[2J\u001b[1;1Hall is well",
  '","msg":"all is well',
  "\u0000\u0007\u0008",
  "%0a%0d",
];

test("T20: whatever somebody types, it is one line of the log and stays inside its own field", () => {
  const lines = printed([
    ...payloads.map((text) => [{ account: text }, "the lane was not given back"] as const),
    ...payloads.map((text) => [{}, text] as const),
  ]).split("\n");
  expect(lines.pop()).toBe("");
  const read = lines.map((line) => JSON.parse(line));
  expect(read.slice(0, payloads.length).map(({ account }) => account)).toEqual(payloads);
  expect(read.slice(payloads.length).map(({ msg }) => msg)).toEqual(payloads);
  expect(new Set(read.map(({ level }) => level))).toEqual(new Set([40]));
  for (const line of lines) expect(line).not.toMatch(/\p{Cc}/u);
});

test("T20: what is called by the name of a secret is cut out of the log, at the top and inside", () => {
  const canary = "canary-4f1c";
  const names = ["password", "pin", "tradeKey", "refundKey", "secrets"];
  const said = printed([
    ...names.map((name) => [{ [name]: canary }, "x"] as const),
    ...names.map((name) => [{ input: { [name]: canary } }, "x"] as const),
    [{ account: canary }, "seen"],
  ]);
  expect(said.split(canary)).toHaveLength(2);
  expect(said.split("[cut]")).toHaveLength(names.length * 2 + 1);
});
