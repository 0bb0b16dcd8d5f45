import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Beside a running or once started Storedesk, what its `.env` says and its launcher keeps is used where no variable says otherwise. */
export function fillEnvironment(): void {
  const { env } = process;
  loadFile();
  const isDrill = env.STOREDESK_DRILL === "1";
  if (isDrill) env.STOREDESK_DATA ||= ".data-drill";
  const data = resolve(env.STOREDESK_DATA || ".data");
  const kept = (name: string) =>
    existsSync(join(data, name)) ? readFileSync(join(data, name), "utf8").trim() : undefined;
  env.STOREDESK_DEMO ||= !isDrill && (env.DATABASE_URL || env.NODE_ENV === "production") ? "0" : "1";
  if (!env.STOREDESK_MASTER_KEY) put("STOREDESK_MASTER_KEY", kept("master-key"));
  env.NEXTAUTH_SECRET ||= kept("next-auth-secret") ?? "not-used-by-a-command-not-used-by-a-command";
  const access = kept("postgres/access.json");
  if (!env.DATABASE_URL && access) {
    const { port, password } = JSON.parse(access);
    env.DATABASE_URL = `postgres://storedesk:${encodeURIComponent(password)}@127.0.0.1:${port}/storedesk`;
  }
}

/** What `.env` says, or of a drill `.env.drill`, as the launcher reads it; variables that are set already win. */
export function loadFile(): void {
  const file = process.env.STOREDESK_DRILL === "1" ? ".env.drill" : ".env";
  if (existsSync(file)) process.loadEnvFile(file);
}

/** An empty line of .env is a variable that was left out. */
function put(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
