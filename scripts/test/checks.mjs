/** The checks and the unit tests: seconds, no database, no browser. */
import { check, vitest } from "./part.mjs";

/** What imports what is kept by each file's content: only what changed is read again. */
const kept = ["--cache", "node_modules/.cache/floors", "--cache-strategy", "content"];
const floors = ["--config", ".dependency-cruiser.cjs", ...kept, "app", "components", "lib", "pages"];

/** @returns {Promise<import("./part.mjs").Part[]>} */
export async function quickChecks() {
  // The tests come last and alone: some hold a deadline to half a second.
  const tools = await Promise.all([
    check("format and lint", "biome", ["check", "--error-on-warnings", "."]),
    check("floors", "depcruise", floors),
    typeChecks(),
  ]);
  return [...tools.flat(), await vitest("unit tests", "unit*")];
}

/** The compiler needs the types of the routes first. */
async function typeChecks() {
  return [
    await check("types of the routes", "next", ["typegen"]),
    // The compiler is a Go program that ends before its garbage matters.
    await check("types", "tsc", ["--noEmit", "-p", "."], { GOGC: "off" }),
  ];
}
