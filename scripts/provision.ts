/** `npm run provision -- FILE`: applies a provisioning file; says what changed, or every fault with its place. */
import { readFileSync } from "node:fs";
import { fillEnvironment } from "./process/kept-environment.ts";

const [file] = process.argv.slice(2);
if (!file) {
  console.error("Which file? npm run provision -- FILE");
  process.exit(1);
}

fillEnvironment();
const { provision } = await import("#lib/use-cases/provision.ts");
const { appDatabase } = await import("#lib/db/pool.ts");
const read = (() => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    console.error(
      `${file} cannot be read: ${error instanceof SyntaxError ? "it is not JSON" : String(error)}`,
    );
    process.exit(1);
  }
})();
const answer = await provision(appDatabase(), read);
await appDatabase().pool.end();
if (answer.ok) console.log(answer.value.length > 0 ? answer.value.join("\n") : "nothing to change");
else {
  for (const fault of answer.refusal) console.error(`${fault.path}: ${fault.message}`);
  console.error("Nothing was changed.");
  process.exit(1);
}
