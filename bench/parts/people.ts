import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "#test/app.ts";
import { scriptFlags } from "../../scripts/launch/programs.mjs";

/** More cashiers of the demo shop in Taiwan, with its well-known password: nobody may watch every order of a benchmark. */
export async function hire(count: number): Promise<string[]> {
  const names = Array.from({ length: count }, () => `bench-${randomBytes(4).toString("hex")}`);
  const folder = mkdtempSync(join(tmpdir(), "storedesk-bench-"));
  const file = join(folder, "staff.json");
  const staff = names.map((username) => ({
    ...{ username, name: username, role: "cashier", stores: ["00001"] },
    ...{ password: "storedesk-demo", pin: "246810", refundLimitMinor: 0 },
  }));
  writeFileSync(file, JSON.stringify({ stores: [], merchantAccounts: [], staff }));
  try {
    const { status, stderr, stdout } = await run(
      process.execPath,
      [...scriptFlags, "scripts/provision.ts", file],
      {
        env: process.env,
      },
    );
    if (status !== 0) throw new Error(stdout + stderr);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return names;
}
