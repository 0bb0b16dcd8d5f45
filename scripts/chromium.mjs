/** Finds the browser for the tests: CHROMIUM_PATH, the system's, Playwright's own; on Debian as root it installs one. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const usual = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** @returns {string} path of the browser; ends the process with one line when there is none */
export function findChromium() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (existsSync(asked)) return asked;
    console.error(`CHROMIUM_PATH names ${asked}, which is not there`);
    process.exit(1);
  }
  const found = usual.find((path) => existsSync(path)) ?? playwrightsOwn() ?? installed();
  if (found) return found;
  console.error("No browser found: install Chromium or Chrome, or set CHROMIUM_PATH");
  process.exit(1);
}

function playwrightsOwn() {
  try {
    const script =
      "import('playwright').then(({ chromium }) => process.stdout.write(chromium.executablePath()))";
    const path = execFileSync(process.execPath, ["-e", script], { encoding: "utf8" });
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function installed() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return undefined;
  console.log("Installing Chromium and fonts for Chinese and Thai …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    execFileSync("apt-get", ["update", "-qq"], { env, stdio: "ignore" });
    execFileSync("apt-get", ["install", "-y", "-qq", "chromium", "fonts-noto-cjk", "fonts-thai-tlwg"], {
      env,
      stdio: "ignore",
    });
  } catch {
    return undefined;
  }
  return usual.find((path) => existsSync(path));
}
