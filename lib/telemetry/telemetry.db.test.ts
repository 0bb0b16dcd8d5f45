import { trace } from "@opentelemetry/api";
import { eq } from "drizzle-orm";
import pino from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { moneyOp } from "#lib/db/schema.ts";
import { log, logAbout } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";
import { inSpan } from "#lib/trace.ts";
import { refreshMetrics } from "#lib/use-cases/watch-desk/expose-metrics.ts";
import { findSecrets } from "#scripts/canary/forms.ts";
import { type Manner, openCollector } from "#test/collector.ts";
import { openCounter } from "#test/counter.ts";
import { testEnvironment } from "#test/environment.ts";
import { readTelemetry } from "./settings.ts";
import { startTelemetry } from "./start-telemetry.ts";

const counter = openCounter();
const { order, ask, asked, approve, settled, returned, open } = counter;
const held: { collector?: Awaited<ReturnType<typeof openCollector>>; stop?: () => Promise<void> } = {};
const collector = () => {
  if (!held.collector) throw new Error("the collector is open once a test runs");
  return held.collector;
};

beforeEach(async () => {
  held.collector = await openCollector();
});
afterEach(async () => {
  await stop();
  await collector().close();
});

async function start(more: Record<string, string> = {}) {
  const variables = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector().url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_BSP_SCHEDULE_DELAY: "20",
    OTEL_RESOURCE_ATTRIBUTES: "deployment.region=taipei",
    ...more,
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const settings = readTelemetry(variables);
  if (!settings) throw new Error("no collector is named");
  held.stop = await startTelemetry(settings, () => refreshMetrics(counter.database));
}

async function stop() {
  await held.stop?.();
  delete held.stop;
}

/** A whole refund: looked up, asked for, approved, sent and confirmed. */
async function refunded() {
  const at = await order("paid");
  const requestNo = await asked(at);
  expect((await approve(at, requestNo)).ok).toBe(true);
  await settled(at, "SUCCEEDED");
  const [op] = await counter.database.db.select().from(moneyOp).where(eq(moneyOp.orderId, at.id));
  if (!op) throw new Error("no operation");
  return { at, op, requestNo };
}

const named = (name: string, more: Record<string, unknown> = {}) =>
  collector()
    .spans()
    .filter((span) => span.name === name)
    .filter(({ attributes }) => Object.entries(more).every(([key, value]) => attributes[key] === value));

test("one approved refund leaves its spans: who decided what, the send, the gateway's word, all with the operation's id", async () => {
  await start({ OTEL_SERVICE_NAME: "desk-1" });
  const { op } = await refunded();
  const { slug } = open().shop.account;
  await expect.poll(() => named("send", { "storedesk.op": op.id }).length).toBe(1);
  await stop();
  const [inLine] = named("put-in-line", { "storedesk.op": op.id });
  const [approved] = named("approve-refund", { "storedesk.outcome": "done" });
  expect(inLine?.traceId).toBe(approved?.traceId);
  const [send] = named("send", { "storedesk.op": op.id });
  expect(send?.attributes).toMatchObject({ "storedesk.account": slug, "storedesk.outcome": "done" });
  const calls = named("gateway", { "storedesk.op": op.id, "storedesk.service": "refund" });
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({
    parentSpanId: send?.spanId,
    attributes: {
      "storedesk.account": slug,
      "storedesk.gateway": "scan2pay",
      "storedesk.outcome": "done",
      "storedesk.code": "0000",
    },
  });
  expect(named("transaction", { "storedesk.op": op.id }).length).toBeGreaterThanOrEqual(2);
  expect(named("lane wait")[0]?.attributes).toMatchObject({ "storedesk.outcome": "got" });
  expect(named("request-refund")[0]?.attributes).toMatchObject({ "storedesk.outcome": "done" });
  expect(collector().resources()[0]).toMatchObject({
    "service.name": "desk-1",
    "deployment.region": "taipei",
    "deployment.environment.name": "production",
  });
});

test("a refused refund says why in a word; an error leaves its class and nothing of what it says", async () => {
  await start();
  const at = await order("paid");
  await asked(at);
  expect((await ask(at)).ok).toBe(false);
  const failing = inSpan("action", {}, async () => Promise.reject(new TypeError("the PIN is 975310")));
  await expect(failing).rejects.toThrow("975310");
  await stop();
  const refusals = named("request-refund", { "storedesk.outcome": "refused" });
  expect(refusals[0]?.attributes["storedesk.why"]).toMatch(/^[A-Za-z]+$/);
  expect(named("action")).toMatchObject([{ status: { code: 2 }, attributes: { "error.type": "TypeError" } }]);
});

test("lines of the log carry the trace they belong to, and none outside of one", async () => {
  await start();
  const lines: string[] = [];
  const stream = Reflect.get(log, pino.symbols.streamSym);
  vi.spyOn(stream, "write").mockImplementation((line: unknown) => void lines.push(String(line)));
  await logAbout({ op: "op-1" }, () => inSpan("send", {}, async () => log.warn("inside")));
  log.warn("outside");
  await stop();
  const [inside, outside] = lines.map((line) => JSON.parse(line));
  const [span] = named("send", { "storedesk.op": "op-1" });
  expect(inside).toMatchObject({ op: "op-1", trace_id: span?.traceId, span_id: span?.spanId });
  expect(outside).not.toHaveProperty("trace_id");
});

test("T20: no key, number, name or address of ours is in any byte that leaves, also not where Next or an error noted one", async () => {
  await start({ OTEL_METRIC_EXPORT_INTERVAL: "100" });
  const { at, op, requestNo } = await refunded();
  const canary = "canary-4f1c-secret";
  const span = trace.getTracer("next.js", "16").startSpan(`GET /orders/${canary}`, {
    attributes: {
      "http.target": `/orders/x/${canary}`,
      "next.span_name": `GET /orders/${canary}`,
      "next.span_type": "BaseServer.handleRequest",
    },
  });
  span.recordException(new Error(canary));
  span.setStatus({ code: 2, message: canary });
  span.end();
  await expect.poll(() => collector().metrics().length).toBeGreaterThan(0);
  await stop();
  const { simulator, cashier, manager } = open();
  const { slug, store, gateway, signVersion, ...entry } = simulator.entry;
  const values = [
    ...[...Object.values(entry), ...Object.values(simulator.settings.secrets)].map(String),
    ...[testEnvironment.STOREDESK_MASTER_KEY, testEnvironment.NEXTAUTH_SECRET, canary, at.orderNo],
    ...[op.merchantNo, requestNo, cashier.username, manager.username, cashier.staffId, manager.personId],
  ];
  const secrets = values.filter(({ length }) => length > 5).map((value) => ({ name: value, value }));
  const places = collector().arrived.map(({ path, bytes }) => ({ name: path, content: bytes }));
  expect(secrets.length).toBeGreaterThan(8);
  expect(findSecrets(places, secrets)).toEqual([]);
  expect(findSecrets(places, [{ name: "known", value: op.id }]).length).toBeGreaterThan(0);
  expect(named("BaseServer.handleRequest")).toHaveLength(1);
});

test("what a collector gets are the figures of /metrics, by the same names", async () => {
  await start({ OTEL_METRIC_EXPORT_INTERVAL: "100", OTEL_TRACES_EXPORTER: "none" });
  await refunded();
  await expect.poll(() => collector().metrics().length).toBeGreaterThan(0);
  await stop();
  const sent = new Set(
    collector()
      .metrics()
      .map(({ name }) => name),
  );
  const own = metrics()
    .registry.getMetricsAsArray()
    .map(({ name }) => name);
  expect(own.filter((name) => !sent.has(name))).toEqual([]);
  const calls = collector()
    .metrics()
    .findLast(({ name }) => name === "storedesk_gateway_calls_total");
  expect(calls.sum).toMatchObject({ isMonotonic: true, aggregationTemporality: 2 });
  expect(calls.sum.dataPoints.length).toBeGreaterThan(0);
  expect(collector().spans()).toEqual([]);
});

test("by protobuf, which collectors take by default, the same arrives", async () => {
  await start({ OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf" });
  await inSpan("send", { op: "the-operation" }, async () => undefined);
  await stop();
  const [traces] = collector().arrived.filter(({ path }) => path === "/v1/traces");
  expect(traces?.type).toBe("application/x-protobuf");
  expect(traces?.bytes.includes("storedesk.op") && traces.bytes.includes("the-operation")).toBe(true);
});

test.each<[string, Manner]>([
  ["holds on to what it gets", "holds"],
  ["answers with garbage", "garbles"],
  ["refuses everything", "refuses"],
])("a collector that %s holds no refund up, and one line tells of it at most", async (_, manner) => {
  const told = vi.spyOn(log, "warn");
  collector().now.manner = manner;
  await start({ OTEL_BSP_MAX_QUEUE_SIZE: "8", OTEL_BSP_MAX_EXPORT_BATCH_SIZE: "4" });
  const first = await refunded();
  await expect.poll(() => collector().arrived.length).toBeGreaterThan(0);
  // Sent while nothing, or nothing readable, has come back.
  const second = await refunded();
  expect([await returned(first.at), await returned(second.at)]).toEqual([[1000], [1000]]);
  const began = performance.now();
  await stop();
  expect(performance.now() - began).toBeLessThan(5_000);
  const lines = told.mock.calls.filter(([, text]) => text?.includes("collector"));
  expect(lines.length).toBeLessThanOrEqual(1);
  expect(JSON.stringify(lines)).not.toContain("html");
});

test("a collector that is away holds no refund up either, and the log says it by its code", async () => {
  const told = vi.spyOn(log, "warn");
  await start({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1", OTEL_EXPORTER_OTLP_TIMEOUT: "200" });
  const { at } = await refunded();
  expect(await returned(at)).toEqual([1000]);
  await expect
    .poll(() => told.mock.calls.filter(([, text]) => text?.includes("collector")))
    .toEqual([[{ error: "ECONNREFUSED" }, "the collector did not take traces or metrics"]]);
});
