/** `npm run provision -- FILE`: applies a provisioning file; says what changed, or every fault with its place. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [file] = process.argv.slice(2);
if (!file) {
  console.error("Which file? npm run provision -- FILE");
  process.exit(1);
}

/** Beside a running or once started Storedesk, what its launcher keeps is used where no variable says otherwise. */
function fillEnvironment(): void {
  const data = resolve(process.env.STOREDESK_DATA ?? ".data");
  const kept = (name: string) =>
    existsSync(join(data, name)) ? readFileSync(join(data, name), "utf8").trim() : undefined;
  process.env.STOREDESK_MASTER_KEY ??= kept("master-key");
  process.env.NEXTAUTH_SECRET ??=
    kept("next-auth-secret") ?? "not-used-by-provisioning-not-used-by-provisioning";
  const access = kept("postgres/access.json");
  if (!process.env.DATABASE_URL && access) {
    const { port, password } = JSON.parse(access);
    process.env.DATABASE_URL = `postgres://storedesk:${encodeURIComponent(password)}@127.0.0.1:${port}/storedesk`;
  }
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
