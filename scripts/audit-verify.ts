/**
 * `npm run audit:verify`: holds every line of the audit against its chain and the chain against its copy outside the database.
 * `npm run audit:verify -- FILE.csv FILE.check.json`: holds an exported file against its check file.
 * Exit code 0: whole. 1: damaged, with the first line and what it suffers from. Reads, and changes nothing.
 */
import { fillEnvironment } from "./process/kept-environment.ts";

fillEnvironment();
const [list, check] = process.argv.slice(2);
const isWhole =
  list && check
    ? await (await import("./audit/verify-export.ts")).verifyExport(list, check)
    : await (await import("./audit/verify-chain.ts")).verifyChain();
process.exitCode = isWhole ? 0 : 1;
