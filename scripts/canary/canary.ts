/**
 * After the stories: looks for every secret of their desk (the one of STOREDESK_E2E_PORT), in every form, in all that left
 * it and all that it keeps: client files, answers, logs, and each column of each table. `npm test -- e2e` runs it; it fails
 * when it finds one, when a place is empty, and when it does not find what it planted itself.
 */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { decode } from "next-auth/jwt";
import pg from "pg";
import { merchantKeyPem } from "#lib/gateway/ksher/simulator/protocol/test-keys.ts";
import { testPrivateKeyPem } from "#lib/gateway/scan2pay/simulator/protocol/test-key.ts";
import { canaries } from "../../e2e/canaries.ts";
import { desk } from "../../e2e/desk.ts";
import { startPostgres } from "../pg.mjs";
import { findSecrets, type Place, type Secret } from "./forms.ts";
import { plant, readTables } from "./tables.ts";

const data = resolve(desk.folder);
const kept = (name: string) => readFileSync(join(data, name), "utf8").trim();
const filesOf = (kind: string, pattern: string, folder: string): Place[] =>
  globSync(pattern, { cwd: folder }).map((name) => ({
    name: `${kind} ${name}`,
    content: readFileSync(join(folder, name)),
  }));

/** Where somebody was signed in: the cookies that were set, and the session ids inside. */
async function sessions(nextAuthSecret: string): Promise<Secret[]> {
  const path = join(desk.seen, "cookies.txt");
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  const tokens = lines.flatMap((line) => /^storedesk-\d+=([^;]{100,})/.exec(line)?.[1] ?? []);
  const opened = await Promise.all(
    [...new Set(tokens)].map(async (token): Promise<Secret[]> => {
      const jwt = await decode({ token, secret: nextAuthSecret });
      return [
        { name: "a session cookie", value: token },
        ...(typeof jwt?.sid === "string"
          ? [{ name: "a session id", value: jwt.sid, mayBeHashed: true }]
          : []),
      ];
    }),
  );
  return opened.flat();
}

const linesOfPem = (name: string, pem: string): Secret[] =>
  pem
    .split("\n")
    .flatMap((line) => (line.length > 40 && !line.startsWith("-") ? [{ name, value: line }] : []));

async function secretsOf(): Promise<Secret[]> {
  const masterKey = kept("master-key");
  const nextAuthSecret = kept("next-auth-secret");
  const { password } = JSON.parse(kept("postgres/access.json"));
  return [
    ...Object.entries(canaries).map(([name, value]) => ({ name, value })),
    { name: "master key", value: masterKey },
    { name: "master key", value: Buffer.from(masterKey, "base64") },
    { name: "NEXTAUTH_SECRET", value: nextAuthSecret },
    { name: "database password", value: password },
    // The simulator's first IV is the demo account's.
    { name: "AES IV", value: "2718281828459045" },
    ...[testPrivateKeyPem, merchantKeyPem].flatMap((pem) => linesOfPem("private key", pem)),
    ...(await sessions(nextAuthSecret)),
  ];
}

/** Too short to look for as they are: only the SHA-256 that stands for them. */
const shortPasswords = ["1234", "0000"];
/** The demo prints these on its sign-in page and at its start; they have no business anywhere else. */
const published: Secret[] = [
  { name: "demo password", value: "storedesk-demo" },
  { name: "demo PIN", value: "246810" },
];

const client = filesOf("client file", "**/*.{js,css,map,txt,html,json}", join(".next", "static"));
const answers = filesOf("answers", "answers-*.txt", desk.seen);
const logs = [...filesOf("log", "server.log", desk.seen), ...filesOf("log", "postgres/postgres.log*", data)];
const postgres = await startPostgres({ dataDir: join(data, "postgres") });
const books = new pg.Client({ connectionString: postgres.url });
await books.connect();
const secrets = await secretsOf();
const planted = { name: "planted", value: `planted-${Date.now()}-?ü` };
await plant(books, planted.value);
const tables = await readTables(books);
await books.end();
await postgres.stop();

const everywhere = [...client, ...answers, ...logs, ...tables];
const { createHash } = await import("node:crypto");
const digests = shortPasswords.map((text) => ({
  name: "TradeKey or RefundKey",
  value: createHash("sha256").update(text).digest("hex"),
}));
const faults = [
  ...findSecrets(everywhere, [...secrets, ...digests]),
  ...findSecrets([...client, ...tables], published),
];

/** What must be found, or the search proves nothing. */
const proofs: readonly [what: string, places: readonly Place[], known: string, atLeast: number][] = [
  ["the client files", client, "visibilitychange", 1],
  ["the answers of the desk", answers, "E1", 1],
  ["the logs", logs, "Storedesk ready on", 1],
  ["the accounts' settings", tables, "S2PSIM0001", 1],
  [
    "what it planted in five forms",
    [...tables, { name: "log", content: Buffer.from(planted.value) }],
    planted.value,
    6,
  ],
];
const blind = proofs.flatMap(([what, places, value, atLeast]) => {
  const count = findSecrets(places, [{ name: "known", value }]).length;
  return count >= atLeast ? [] : [`The search is blind in ${what}: ${count} of ${atLeast} found.`];
});
const cookies = secrets.filter(({ name }) => name === "a session id").length;
if (cookies === 0) blind.push("No session was seen.");

for (const line of [...faults, ...blind]) console.log(line);
const bytes = everywhere.reduce((sum, { content }) => sum + content.length, 0);
console.log(
  `${secrets.length} secrets (${cookies} sessions) in ${everywhere.length} places, ${Math.round(bytes / 1_000)} kB: ${faults.length} found`,
);
process.exitCode = faults.length + blind.length === 0 ? 0 : 1;
