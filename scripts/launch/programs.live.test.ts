import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { isAlive } from "../process/facts.mjs";
import { keepRunning } from "./programs.mjs";

test("a program that keeps ending is started again five times, then given up with one sentence", async () => {
  const lines: string[] = [];
  const sentence = await new Promise<string>((giveUp) => {
    const log = (line: string) => lines.push(line);
    keepRunning("The dashboard", {
      args: ["-e", "process.exit(3)"],
      env: process.env,
      log,
      giveUp,
      firstPauseMs: 1,
    });
  });
  expect(lines).toEqual(Array(5).fill("The dashboard stopped (code 3); starting it again"));
  expect(sentence).toBe("The dashboard stopped 6 times within a minute (the last time with code 3).");
});

test("kill -9 of the launcher takes its programs along", async () => {
  const source = `
    import { keepRunning } from "./scripts/launch/programs.mjs";
    const program = "console.log(process.pid); setInterval(() => {}, 1000)";
    keepRunning("It", { args: ["-e", program], env: process.env, log() {}, giveUp() {} });`;
  const launcher = spawn(process.execPath, ["--input-type=module", "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(launcher.stdout, "data");
  const pid = Number(String(said));
  expect(isAlive(pid)).toBe(true);
  launcher.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 2_000, interval: 20 }).toBe(false);
});
