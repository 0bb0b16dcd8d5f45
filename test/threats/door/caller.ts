import { readFileSync } from "node:fs";
import { connect } from "node:net";

/** What the build offers to callers, and calls of it past every browser. */
type Entry = { readonly exportedName: string; readonly filename: string; readonly workers: object };
const build = (name: string) => JSON.parse(readFileSync(`.next/server/${name}`, "utf8"));

/** Numbers that exist, for each part of an address that is one. */
const parts: Readonly<Record<string, string>> = {
  "[account]": "xinyi",
  "[slug]": "xinyi",
  "[code]": "00001",
  "[orderNo]": "PO180101001",
  "[requestNo]": "Q000001",
  "[username]": "manager",
  "[clientRequestId]": "0b6f8d8e-0000-4000-8000-000000000001",
  "[...nextauth]": "session",
};

function numberFor(part: string): string {
  const number = parts[part];
  if (!number) throw new Error(`what is a ${part} that exists? Say it in test/threats/door/caller.ts`);
  return number;
}

/** An address as it is asked for: without groups, with numbers that exist. */
function addressOf(entry: string): string {
  const path = entry
    .split("/")
    .slice(0, -1)
    .filter((part) => part !== "app" && !part.startsWith("("))
    .map((part) => (part.startsWith("[") ? numberFor(part) : part))
    .join("/");
  return path.startsWith("/") ? path : `/${path}`;
}

/** Every server action of the build: its id, its name, and a page that carries it. */
export function actionsOfTheBuild() {
  const manifest: Record<"node" | "edge", Record<string, Entry>> = build("server-reference-manifest.json");
  return Object.entries({ ...manifest.node, ...manifest.edge }).map(
    ([id, { filename, exportedName, workers }]) => ({
      id,
      name: `${filename} ${exportedName}`,
      page: addressOf(Object.keys(workers)[0] ?? ""),
    }),
  );
}

const entries = () => Object.keys(build("app-paths-manifest.json"));

/** Every page of the build behind the sign-in, and every address that answers staff. */
export function pagesOfTheBuild(): string[] {
  return entries()
    .filter((entry) => entry.includes("(staff)") && entry.endsWith("/page"))
    .map(addressOf);
}
export function addressesOfTheBuild(): string[] {
  const polled = Object.keys(build("pages-manifest.json")).filter((entry) => entry.startsWith("/api/"));
  return [
    ...entries().filter((entry) => entry.endsWith("/route") && !entry.startsWith("/icon")),
    ...polled.map((entry) => `${entry}/route`),
  ].map(addressOf);
}

export type Headers = Readonly<Record<string, string>>;
export type Answer = { readonly status: number; readonly text: string; readonly head: Response["headers"] };

export async function ask(url: string, headers: Headers = {}, init: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(url, { redirect: "manual", ...init, headers });
  return { status: answer.status, text: await answer.text(), head: answer.headers };
}

/** Calls a server action as a browser would, with any input. */
export function callAction(
  origin: string,
  { id, page, body = "[{}]" }: { readonly id: string; readonly page: string; readonly body?: string },
  headers: Headers,
): Promise<Answer> {
  const typed = { "next-action": id, accept: "text/x-component", "content-type": "text/plain;charset=UTF-8" };
  return ask(`${origin}${page}`, { ...typed, ...headers }, { method: "POST", body });
}

/** Ways round what stands before a page: forms of its address and headers that Next gives a meaning to. */
export const detours: readonly { readonly suffix?: string; readonly headers?: Headers }[] = [
  {},
  { suffix: ".rsc" },
  { suffix: "?_rsc=1a2b3", headers: { rsc: "1" } },
  { headers: { rsc: "1" } },
  { headers: { rsc: "1", "next-router-prefetch": "1" } },
  { headers: { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" } },
  { headers: { purpose: "prefetch" } },
  { headers: { "x-middleware-prefetch": "1", "x-nextjs-data": "1" } },
  { headers: { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" } },
  { headers: { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" } },
  { headers: { "x-path": "/signin", "x-forwarded-host": "localhost", "x-invoke-path": "/signin" } },
  { suffix: "/%2e" },
  { suffix: "/" },
];

/** Asks for another protocol and another host over a bare connection; everything that is said to it. */
export function askForUpgrade(origin: string): Promise<string> {
  const lines = [
    "GET http://169.254.169.254/ HTTP/1.1",
    "Host: 169.254.169.254",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ];
  return new Promise<string>((resolve) => {
    const { port } = new URL(origin);
    const socket = connect(Number(port), "127.0.0.1", () => socket.write(`${lines.join("\r\n")}\r\n\r\n`));
    let heard = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      heard += chunk;
      socket.end();
    });
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on("error", () => resolve(heard)).on("close", () => resolve(heard));
  });
}
