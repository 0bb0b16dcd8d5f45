/**
 * Performs deploy/Dockerfile line by line without a container engine: each stage is a folder, an absolute path a path inside
 * it. What an engine's cache would hold (installed packages, the build) is linked in beforehand; whether it is still good is
 * decided by bootstrap's own stamps in the clean folder, as in the image.
 *
 * It proves that the lines work in their order from a clean checkout, that nothing is missing from what they copy, and that the
 * outcome starts. It does not prove the base image, its libraries and users, or the network between containers.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "../bootstrap/work.mjs";
import { commandOf, environmentOf, readDockerfile } from "./dockerfile.mjs";

/** @typedef {import("./dockerfile.mjs").Stage} Stage */
/** @typedef {{ folder: string, workdir: string, env: Record<string, string> }} Place */

/** @param {string} clean an empty folder on the checkout's own disk @returns {{ folder: string, command: string[], env: Record<string, string> }} the last stage */
export function rehearse(clean) {
  const stages = readDockerfile(readFileSync(join(root, "deploy", "Dockerfile"), "utf8"));
  /** @type {Map<string, Place>} */
  const places = new Map();
  for (const stage of stages) {
    const base = places.get(stage.from);
    const place = base ?? { folder: join(clean, stage.name), workdir: "/", env: {} };
    places.set(stage.name, place);
    mkdirSync(place.folder, { recursive: true });
    for (const line of stage.lines) perform(line, place, places);
  }
  const last = stages.at(-1);
  const place = places.get(last?.name ?? "");
  if (!last || !place) throw new Error("a Dockerfile without stages");
  return { folder: join(place.folder, place.workdir), command: commandOf(last), env: environmentOf(last) };
}

/** @param {import("./dockerfile.mjs").Line} line @param {Place} place @param {Map<string, Place>} places */
function perform({ word, rest }, place, places) {
  const here = join(place.folder, place.workdir);
  if (word === "WORKDIR") {
    place.workdir = rest;
    mkdirSync(join(place.folder, rest), { recursive: true });
  }
  if (word === "ENV")
    Object.assign(place.env, environmentOf({ name: "", from: "", lines: [{ word, rest }] }));
  if (word === "COPY") copy(rest.split(" "), here, places);
  if (word === "RUN") for (const step of rest.split(" && ")) run(step.split(" "), place, here);
}

/** @param {string[]} words @param {string} here @param {Map<string, Place>} places */
function copy(words, here, places) {
  const stage = words[0]?.startsWith("--from=") ? places.get(words[0].slice(7)) : null;
  const paths = stage ? words.slice(1) : words;
  const to = join(here, paths.at(-1) ?? ".");
  for (const path of paths.slice(0, -1)) {
    const from = join(stage ? stage.folder : root, path);
    const isFolder = statSync(from).isDirectory();
    const target = isFolder ? to : join(to, basename(path));
    if (stage || path !== ".") cpSync(from, target, { recursive: true, verbatimSymlinks: true });
    else for (const name of checkout()) cpSync(join(root, name), join(to, name), { recursive: true });
  }
}

/** What `COPY . .` sends: everything that .dockerignore does not name. */
function checkout() {
  const ignored = readFileSync(join(root, ".dockerignore"), "utf8").trim().split("\n");
  return globSync("{*,.*}", { cwd: root, exclude: ignored }).filter((name) => name !== "." && name !== "..");
}

/** @param {string[]} words @param {Place} place @param {string} here */
function run(words, place, here) {
  // There is no user `node` outside the image.
  if (words[0] === "chown") return;
  /** @param {string} text */
  const within = (text) => (text.startsWith("/") ? join(place.folder, text) : text);
  const inside = words.map(within);
  const own = Object.fromEntries(Object.entries(place.env).map(([name, value]) => [name, within(value)]));
  if (words[1] === "scripts/bootstrap.mjs")
    linkCache(here, words.includes("--no-build") ? "node_modules" : ".next");
  const [program = "", ...args] = inside;
  const node = program === "node" ? process.execPath : program;
  execFileSync(node, args, { cwd: here, env: { ...process.env, ...own }, stdio: "inherit" });
}

/** @param {string} here @param {string} name */
function linkCache(here, name) {
  if (existsSync(join(root, name)) && !existsSync(join(here, name)))
    execFileSync("cp", ["-al", join(root, name), join(here, name)]);
}
