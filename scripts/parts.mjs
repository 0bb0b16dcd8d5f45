/** Runs the parts of the checks and tests, counts them, and keeps what a failing one said for the end. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findNeedles } from "./client-bundle.mjs";

const root = new URL("..", import.meta.url).pathname;
const bin = (name) => join(root, "node_modules", ".bin", name);

/** @typedef {{ name: string, passed: number, failed: number, skipped: number, seconds: number, output: string }} PartResult */

/** @returns {Promise<{ code: number, output: string }>} */
function capture(command, args, env = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    const end = (code) => done({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") });
    child.on("close", end).on("error", () => end(1));
  });
}

/** Says a line now and then, so that nobody thinks it hangs. */
async function timed(name, work) {
  const began = Date.now();
  const ticker = setInterval(
    () => console.log(`  ${name} … ${Math.round((Date.now() - began) / 1000)} s`),
    20_000,
  );
  const result = await work();
  clearInterval(ticker);
  const seconds = (Date.now() - began) / 1000;
  const verdict = result.failed > 0 ? "FAILED" : "ok";
  console.log(
    `${verdict.padEnd(7)}${name}: ${result.passed} passed, ${result.failed} failed (${seconds.toFixed(1)} s)`,
  );
  return { name, seconds, ...result };
}

/** A command that passes or fails as a whole. */
export function check(name, command, args) {
  return timed(name, async () => {
    const { code, output } = await capture(bin(command), args);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, output };
  });
}

/** Counts out of a report file that a test runner wrote. A crash or an empty run is a failure. */
async function counted(command, args, env, read) {
  const folder = mkdtempSync(join(tmpdir(), "storedesk-report-"));
  const file = join(folder, "report.json");
  try {
    const { code, output } = await capture(bin(command), args(file), env(file));
    const counts = read(JSON.parse(readFileSync(file, "utf8")));
    const isEmpty = counts.passed + counts.failed === 0;
    const failed = counts.failed === 0 && (code !== 0 || isEmpty) ? 1 : counts.failed;
    return { ...counts, failed, output };
  } catch (error) {
    return { passed: 0, failed: 1, skipped: 0, output: String(error) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One vitest project. */
export function vitest(name, project) {
  return timed(name, () =>
    counted(
      "vitest",
      (file) => [
        "run",
        "--project",
        project,
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${file}`,
      ],
      () => ({ NO_COLOR: "1" }),
      (report) => ({
        passed: report.numPassedTests,
        failed: report.numFailedTests,
        skipped: report.numPendingTests + report.numTodoTests,
      }),
    ),
  );
}

/** The stories in a real browser. */
export function playwright(name, env) {
  return timed(name, () =>
    counted(
      "playwright",
      () => ["test", "--reporter=line,json"],
      (file) => ({ ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file, NO_COLOR: "1" }),
      ({ stats }) => ({
        passed: stats.expected + stats.flaky,
        failed: stats.unexpected,
        skipped: stats.skipped,
      }),
    ),
  );
}

/** What browsers can fetch holds no key and nothing of the back office. */
export function clientFiles() {
  return timed("client files hold no secret", async () => {
    const found = findNeedles(join(root, ".next", "static"));
    return {
      passed: found.length === 0 ? 1 : 0,
      failed: found.length === 0 ? 0 : 1,
      skipped: 0,
      output: found.join("\n"),
    };
  });
}

/** The checks that need no database and no browser; the two quick tools side by side. */
export async function quickChecks() {
  const [lint, floors] = await Promise.all([
    check("format and lint", "biome", ["check", "--error-on-warnings", "."]),
    check("floors", "depcruise", ["--config", ".dependency-cruiser.cjs", "app", "components", "lib"]),
  ]);
  const typegen = await check("route types", "next", ["typegen"]);
  const types = await check("types", "tsc", ["--noEmit", "-p", "."]);
  return [lint, floors, typegen, types, await vitest("unit tests", "unit")];
}

/** Prints what failed and the closing line; returns the exit code. */
export function conclude(results) {
  for (const { name, failed, output } of results)
    if (failed > 0) console.log(`\n── ${name} ──\n${output.slice(-12_000)}`);
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
  console.log(`${sum("passed")} passed, ${sum("failed")} failed${skipped}`);
  return sum("failed") > 0 ? 1 : 0;
}
