import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Beside a running or once started Storedesk, what its launcher keeps is used where no variable says otherwise. */
export function fillEnvironment(): void {
  const data = resolve(process.env.STOREDESK_DATA ?? ".data");
  const kept = (name: string) =>
    existsSync(join(data, name)) ? readFileSync(join(data, name), "utf8").trim() : undefined;
  process.env.STOREDESK_MASTER_KEY ??= kept("master-key");
  process.env.NEXTAUTH_SECRET ??= kept("next-auth-secret") ?? "not-used-by-a-command-not-used-by-a-command";
  const access = kept("postgres/access.json");
  if (!process.env.DATABASE_URL && access) {
    const { port, password } = JSON.parse(access);
    process.env.DATABASE_URL = `postgres://storedesk:${encodeURIComponent(password)}@127.0.0.1:${port}/storedesk`;
  }
}
