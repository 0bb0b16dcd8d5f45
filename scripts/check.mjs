/** `npm run check`: everything that takes seconds. */
import { quickChecks } from "./test/checks.mjs";
import { conclude } from "./test/part.mjs";

process.exitCode = conclude(await quickChecks());
