import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { canaries } from "./canaries.ts";

/** A cashier of 信義店 with an own limit of NT$500, brought in by `npm run provision` while the desk runs. */
export async function hireLimitedCashier(username: string): Promise<void> {
  const { password, pin } = canaries;
  const person = { username, name: "小額", role: "cashier", stores: ["00001"], password, pin };
  const folder = mkdtempSync(join(tmpdir(), "storedesk-staff-"));
  const file = join(folder, "staff.json");
  writeFileSync(file, JSON.stringify({ staff: [{ ...person, refundLimitMinor: 500 }] }));
  const env = { ...process.env, STOREDESK_DATA: ".data-e2e" };
  const shell = process.platform === "win32";
  await promisify(execFile)("npm", ["run", "provision", "--", file], { env, shell });
  rmSync(folder, { recursive: true });
}
