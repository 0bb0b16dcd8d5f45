/** Finds the browser of the tests: CHROMIUM_PATH, the system's, Playwright's own; on Debian root installs one. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setPriority } from "node:os";
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

/**
 * For pages that live for seconds: code that the browser improves while it runs never pays that back here (seven stories took
 * 30 s of the browser's processor time instead of 36, three runs and four). Network and drawing in the browser's own process
 * spare the way between processes (three stories 12.3 s instead of 13.9, three runs each in turn); the other two features are
 * those that Playwright asks for, for only the last list counts. What pages do and look like stays the same.
 */
export const briefPages = [
  "--js-flags=--no-opt,--no-maglev",
  "--enable-features=NetworkServiceInProcess2,CDPScreenshotNewSurface,SkipListAccountsWithoutGaiaCookies",
  "--in-process-gpu",
];

/** @typedef {{ path: string, problem: "" } | { path: null, problem: string }} Found */
/** @type {Promise<Found> | null} */
let search = null;

/** Looks, and installs, once: whoever asks meanwhile waits for the same. @returns {Promise<Found>} */
export function findChromium() {
  search ??= find();
  return search;
}

/** @returns {Promise<Found>} */
async function find() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked && !existsSync(asked))
    return { path: null, problem: `CHROMIUM_PATH names ${asked}, which is not there.` };
  const path = asked || systemChromium() || playwrightsOwn() || (await installed());
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

async function installed() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return null;
  console.log("Installing Chromium and fonts for Chinese and Thai …");
  await apt(["update"]);
  const fonts = ["fonts-noto-cjk", "fonts-thai-tlwg"];
  for (const browser of ["chromium-headless-shell", "chromium"]) {
    // What is only recommended is a printer's, a sound card's and a desktop's: four times the time.
    await apt(["install", "-y", "--no-install-recommends", browser, ...fonts]);
    const path = systemChromium();
    if (path) return path;
  }
  return null;
}

/** Behind everything else that runs meanwhile. @param {string[]} args */
async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const child = spawn("apt-get", ["-qq", ...args], { env, stdio: "ignore" });
  if (child.pid) setPriority(child.pid, 10);
  await once(child, "close").catch(() => undefined);
}
