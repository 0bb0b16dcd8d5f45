/** `node scripts/deploy/assemble.mjs FOLDER`: what the built dashboard needs to run elsewhere, 50 MB instead of the whole project. */
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "../bootstrap/work.mjs";

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("Which folder? node scripts/deploy/assemble.mjs FOLDER");
const built = join(root, ".next", "standalone");
if (!existsSync(join(built, "server.js")))
  throw new Error("There is no build: node scripts/bootstrap.mjs makes one.");
const out = resolve(folder);
mkdirSync(out, { recursive: true });
/** @param {string} from @param {string} to */
const copy = (from, to) =>
  cpSync(join(root, from), join(out, to), { recursive: true, verbatimSymlinks: true });
copy(".next/standalone", ".");
copy(".next/static", ".next/static");
copy("public", "public");
copy("scripts/deploy/healthy.mjs", "healthy.mjs");
