/** `npm run check`: everything that takes seconds. */
import { conclude, quickChecks } from "./parts.mjs";

process.exit(conclude(await quickChecks()));
