import { DataPointType } from "@opentelemetry/sdk-metrics";
import { Counter, Gauge, Histogram, Registry, Summary } from "prom-client";
import { expect, test } from "vitest";
import { metricProducer } from "./metric-producer.ts";

const help = "For a test.";

async function collected(registry: Registry, refresh: () => Promise<void> = async () => undefined) {
  const { resourceMetrics, errors } = await metricProducer(registry, refresh).collect();
  expect(errors).toEqual([]);
  return (resourceMetrics.scopeMetrics[0]?.metrics ?? []).map(
    ({ descriptor, dataPointType, dataPoints }) => ({
      name: descriptor.name,
      dataPointType,
      points: dataPoints.map(({ attributes, value }) => ({ attributes, value })),
    }),
  );
}

test("a counter and a gauge keep their names, labels and values", async () => {
  const registry = new Registry();
  const registers = [registry];
  const calls = new Counter({ name: "calls_total", help, registers, labelNames: ["account"] });
  new Gauge({ name: "depth", help, registers }).set(-2.5);
  calls.inc({ account: "xinyi" }, 3);
  calls.inc({ account: "siam" });
  expect(await collected(registry)).toEqual([
    {
      name: "calls_total",
      dataPointType: DataPointType.SUM,
      points: [
        { attributes: { account: "xinyi" }, value: 3 },
        { attributes: { account: "siam" }, value: 1 },
      ],
    },
    { name: "depth", dataPointType: DataPointType.GAUGE, points: [{ attributes: {}, value: -2.5 }] },
  ]);
});

test("a histogram's buckets count what lies between two bounds, and what is above the last one", async () => {
  const registry = new Registry();
  const seconds = new Histogram({
    ...{ name: "seconds", help, registers: [registry], labelNames: ["kind"], buckets: [0.1, 1] },
  });
  for (const value of [0.05, 0.1, 0.5, 7]) seconds.observe({ kind: "send" }, value);
  seconds.observe({ kind: "query" }, 1);
  expect(await collected(registry)).toEqual([
    {
      name: "seconds",
      dataPointType: DataPointType.HISTOGRAM,
      points: [
        {
          attributes: { kind: "send" },
          value: { count: 4, sum: 7.65, buckets: { boundaries: [0.1, 1], counts: [2, 1, 1] } },
        },
        {
          attributes: { kind: "query" },
          value: { count: 1, sum: 1, buckets: { boundaries: [0.1, 1], counts: [0, 1, 0] } },
        },
      ],
    },
  ]);
});

test("figures are brought up to now before they are read, and a kind that has no like is left out", async () => {
  const registry = new Registry();
  const depth = new Gauge({ name: "depth", help, registers: [registry] });
  new Summary({ name: "summary", help, registers: [registry] }).observe(1);
  const seen = await collected(registry, async () => depth.set(9));
  expect(seen).toMatchObject([{ name: "depth", points: [{ value: 9 }] }]);
});
