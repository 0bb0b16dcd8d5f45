/**
 * One part of the checks or tests: runs a tool, says how it goes, counts, and keeps what the tool said for the end.
 * A part that crashes or that finds nothing to run has failed.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { compiledCode, pinnedNode } from "../bootstrap/install.mjs";
import { root } from "../bootstrap/work.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {Counts & { name: string, said: string }} Part */
/** @typedef {{ code: number, said: string }} Answer */

const quietMs = 20_000;

/**
 * @param {string} tool `node`, or a program of node_modules/.bin @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, isLive?: boolean }} [how] live: its lines are shown as they come
 * @returns {Promise<Answer>}
 */
function run(tool, args, { env = {}, isLive = false } = {}) {
  return new Promise((resolve) => {
    const program = tool === "node" ? pinnedNode : join(root, "node_modules", ".bin", tool);
    const child = spawn(program, args, {
      cwd: root,
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: compiledCode,
        NO_COLOR: "1",
        FORCE_COLOR: undefined,
        NEXT_TELEMETRY_DISABLED: "1",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let said = "";
    const hear = (/** @type {string} */ chunk) => {
      said += chunk;
      if (isLive) process.stdout.write(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    child.once("error", (error) => resolve({ code: 1, said: `${said}${tool}: ${error.message}\n` }));
    child.once("close", (code) => resolve({ code: code ?? 1, said }));
  });
}

/** @param {string} name @param {() => Promise<Counts & { said: string }>} work @returns {Promise<Part>} */
export async function part(name, work) {
  const began = Date.now();
  const seconds = () => ((Date.now() - began) / 1000).toFixed(1);
  const ticker = setInterval(() => console.log(`  …    ${name}: ${seconds()} s so far`), quietMs);
  /** @type {Counts & { said: string }} */
  let result;
  try {
    result = await work();
  } catch (error) {
    result = { passed: 0, failed: 1, skipped: 0, said: String(error) };
  }
  clearInterval(ticker);
  const { passed, failed, skipped } = result;
  const counts = `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
  console.log(`${failed > 0 ? "FAILED" : "ok    "} ${name}: ${counts} (${seconds()} s)`);
  return { name, ...result };
}

/** @param {boolean} isGood @param {string} said */
export function oneCheck(isGood, said) {
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0, said };
}

/**
 * A tool that passes or fails as a whole.
 * @param {string} name @param {string} tool @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 */
export function check(name, tool, args, env = {}) {
  return part(name, async () => {
    const { code, said } = await run(tool, args, { env });
    return oneCheck(code === 0, said);
  });
}

/**
 * A test runner, counted by the report it writes.
 * @param {(file: string) => Promise<Answer>} runner @param {(report: any) => Counts} read
 */
async function counted(runner, read) {
  const folder = mkdtempSync(join(tmpdir(), "storedesk-report-"));
  const file = join(folder, "report.json");
  const { code, said } = await runner(file);
  try {
    const counts = read(JSON.parse(readFileSync(file, "utf8")));
    const isWrong = code !== 0 || counts.passed + counts.failed === 0;
    const ranNothing = counts.passed + counts.failed === 0 ? "No test ran.\n" : "";
    return { ...counts, failed: counts.failed || (isWrong ? 1 : 0), said: `${said}${ranNothing}` };
  } catch {
    return oneCheck(false, `${said}The tests ended without a report (exit code ${code}).\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What failed, at once, and what passed at the second try only. @param {string} said */
function showTrouble(said) {
  const lines = said.split("\n").filter((line) => line.startsWith(" FAIL ") || /\(retry x\d+\)/.test(line));
  if (lines.length > 0) console.log(lines.join("\n"));
}

/** Lines that tests want shown also where all is well: tables, whose lines begin with a bar. @param {string} said */
function showTables(said) {
  const lines = said.split("\n").filter((line) => line.startsWith("| "));
  if (lines.length > 0) console.log(lines.join("\n"));
}

/** @param {string} name @param {"unit*" | "exhaustive" | "simulators" | "model" | "database" | "programs"} project */
export function vitest(name, project) {
  // Database tests wait for answers about half of their time.
  const workers = Math.max(2, availableParallelism() - 1) + (project === "database" ? 1 : 0);
  // Only the verbose one tells of a second try.
  const reporters = ["--reporter=verbose", "--reporter=json"];
  return part(name, () =>
    counted(
      (file) => {
        const args = [
          "run",
          "--project",
          project,
          `--maxWorkers=${workers}`,
          ...reporters,
          `--outputFile.json=${file}`,
        ];
        return run("vitest", args).then((answer) => {
          showTables(answer.said);
          showTrouble(answer.said);
          return answer;
        });
      },
      ({
        numPassedTests,
        numFailedTests,
        numPendingTests,
        numTodoTests,
        numFailedTestSuites,
        testResults,
      }) => ({
        passed: numPassedTests,
        // A file that cannot even be loaded has no test to fail.
        failed: numFailedTests + testResults.filter(isUnloadable).length * Math.min(1, numFailedTestSuites),
        skipped: numPendingTests + numTodoTests,
      }),
    ),
  );
}

/** @param {{ status: string, assertionResults: unknown[] }} file */
function isUnloadable({ status, assertionResults }) {
  return status === "failed" && assertionResults.length === 0;
}

/**
 * The staff's stories in a real browser; each is shown as it ends.
 * @param {string} name @param {NodeJS.ProcessEnv} env
 */
export function playwright(name, env) {
  return part(name, () =>
    counted(
      (file) => {
        const report = { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
        return run("playwright", ["test", "--reporter=list,json"], { env: report, isLive: true });
      },
      ({ stats, errors }) => ({
        passed: stats.expected + stats.flaky,
        failed: stats.unexpected + errors.length,
        skipped: stats.skipped,
      }),
    ),
  );
}

/**
 * Repeats what the failing parts said and closes with one line.
 * @param {Part[]} parts @returns {number} the exit code
 */
export function conclude(parts) {
  const saidMax = 16_000;
  for (const { name, failed, said } of parts) {
    if (failed > 0) console.log(`\n── ${name} ──\n${said.trimEnd().slice(-saidMax)}\n`);
  }
  const sum = (/** @type {"passed" | "failed" | "skipped"} */ key) =>
    parts.reduce((total, one) => total + one[key], 0);
  const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
  console.log(`${sum("passed")} passed, ${sum("failed")} failed${skipped}`);
  return parts.length === 0 || sum("failed") > 0 ? 1 : 0;
}
