import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rehearse } from "#scripts/deploy/rehearse.mjs";
import { insist } from "./scene.ts";

/** What deploy/Dockerfile makes, performed in a clean folder, and processes of it as an engine would start them. */
export type Image = {
  start(port: number, env: NodeJS.ProcessEnv): Instance;
  /** Everything the instances logged. */
  logged(): string;
  close(): void;
};

export type Instance = {
  readonly port: number;
  /** Told to end; resolves with how it ended and how long that took. */
  end(): Promise<{ code: number | null; signal: string | null; tookMs: number }>;
  ready(): Promise<unknown>;
};

const tether = pathToFileURL("scripts/tether.mjs").href;

/** The folder lies on the checkout's own disk, so that the packages are linked and not copied. */
export function makeImage(): Image {
  const clean = mkdtempSync(join(process.cwd(), ".data-image-"));
  const { folder, command, env: own } = rehearse(clean);
  const [program = "", ...args] = command;
  if (program !== "node") throw new Error(`the image starts ${program}`);
  const logFile = join(clean, "log");
  const running: (() => void)[] = [];
  return {
    start(port, env) {
      const log = openSync(logFile, "a");
      // The tether ends it should the tests be killed.
      const child = spawn(process.execPath, ["--import", tether, ...args], {
        cwd: folder,
        env: {
          ...own,
          ...env,
          PORT: String(port),
          HOSTNAME: "127.0.0.1",
          STOREDESK_LAUNCHER_PID: String(process.pid),
        },
        stdio: ["ignore", log, log, "ipc"],
      });
      closeSync(log);
      running.push(() => child.kill("SIGKILL"));
      const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
        child.once("exit", (code, signal) => resolve({ code, signal })),
      );
      const isReady = async () => ((await fetch(`http://127.0.0.1:${port}/api/ready`)).ok ? true : null);
      return {
        port,
        async end() {
          const began = performance.now();
          child.kill("SIGTERM");
          const how = await ended;
          return { ...how, tookMs: Math.round(performance.now() - began) };
        },
        ready: () => insist(`the instance on ${port} is ready`, isReady),
      };
    },
    logged: () => readFileSync(logFile, "utf8"),
    close() {
      for (const kill of running) kill();
      rmSync(clean, { recursive: true, force: true });
    },
  };
}
