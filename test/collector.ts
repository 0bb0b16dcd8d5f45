import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How a collector takes what it is sent: as it should; holding on to it; with an answer nobody can read; not at all. */
export type Manner = "takes" | "holds" | "garbles" | "refuses";

type Attribute = { readonly key: string; readonly value: Record<string, unknown> };
type Wire = { readonly path: string; readonly type: string; readonly bytes: Buffer };
/** A span as it arrived; times in ms. */
export type SeenSpan = {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly status: { readonly code?: number; readonly message?: string };
};

const plain = (attributes: readonly Attribute[] = []) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** An OTLP/HTTP collector on loopback that keeps every byte, and reads what comes as JSON. */
export async function openCollector() {
  const arrived: Wire[] = [];
  const held: ServerResponse[] = [];
  const now: { manner: Manner; connections: number } = { manner: "takes", connections: 0 };
  const answers: Record<Manner, (answer: ServerResponse) => unknown> = {
    takes: (answer) => answer.setHeader("content-type", "application/json").end("{}"),
    holds: (answer) => held.push(answer),
    garbles: (answer) => answer.end(Buffer.from([0xff, 0x00, 0x7b, 0x22])),
    refuses: (answer) => answer.writeHead(400).end("<html>no</html>"),
  };
  const server = createServer((asked, answer) => {
    const parts: Buffer[] = [];
    asked.on("data", (part: Buffer) => parts.push(part));
    asked.on("end", () => {
      const type = String(asked.headers["content-type"]);
      arrived.push({ path: String(asked.url), type, bytes: Buffer.concat(parts) });
      answers[now.manner](answer);
    });
  });
  server.on("connection", () => (now.connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const bodies = (path: string) =>
    arrived.filter((one) => one.path === path).map(({ bytes }) => JSON.parse(bytes.toString("utf8")));
  const spans = (): SeenSpan[] =>
    bodies("/v1/traces")
      .flatMap(({ resourceSpans }) => resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap((scope) => scope.spans)
      .map((span) => ({ ...span, attributes: plain(span.attributes), status: span.status ?? {} }));
  const metrics = () =>
    bodies("/v1/metrics")
      .flatMap(({ resourceMetrics }) => resourceMetrics)
      .flatMap(({ scopeMetrics }) => scopeMetrics)
      .flatMap((scope) => scope.metrics);
  const resources = () =>
    bodies("/v1/traces")
      .flatMap(({ resourceSpans }) => resourceSpans)
      .map(({ resource }) => plain(resource.attributes));

  return {
    url: `http://127.0.0.1:${port}`,
    arrived,
    now,
    spans,
    metrics,
    resources,
    close() {
      for (const answer of held) answer.destroy();
      server.closeAllConnections();
      return new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}
