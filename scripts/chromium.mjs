/** Finds the browser of the tests: CHROMIUM_PATH, the system's, Playwright's own; on Debian root installs one. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright";

/** The headless shell first: the same engine without a desktop browser around it takes two thirds of the time. */
const names = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];
const usualPlaces = [
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  `${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env["PROGRAMFILES(X86)"]}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env.LOCALAPPDATA}\\Google\\Chrome\\Application\\chrome.exe`,
];
const howToGetOne =
  "No browser was found: install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH.";

/** @returns {{ path: string, problem: "" } | { path: null, problem: string }} */
export function findChromium() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked && !existsSync(asked))
    return { path: null, problem: `CHROMIUM_PATH names ${asked}, which is not there.` };
  const path = asked || systemChromium() || playwrightsOwn() || installed();
  return path ? { path, problem: "" } : { path: null, problem: howToGetOne };
}

function systemChromium() {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"];
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...usualPlaces].find((path) => existsSync(path)) ?? null;
}

function playwrightsOwn() {
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : null;
}

function installed() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return null;
  console.log("Installing Chromium and fonts for Chinese and Thai …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { env, stdio: "ignore" });
  const fonts = ["fonts-noto-cjk", "fonts-thai-tlwg"];
  for (const browser of ["chromium-headless-shell", "chromium"]) {
    spawnSync("apt-get", ["install", "-y", "-qq", browser, ...fonts], { env, stdio: "ignore" });
    const path = systemChromium();
    if (path) return path;
  }
  return null;
}
