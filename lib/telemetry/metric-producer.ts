import "server-only";
import { type HrTime, ValueType } from "@opentelemetry/api";
import { emptyResource } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  DataPointType,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from "@opentelemetry/sdk-metrics";
import type { MetricObjectWithValues, MetricValueWithName, Registry } from "prom-client";

type PromMetric = MetricObjectWithValues<MetricValueWithName<string>>;
type Span = { readonly startTime: HrTime; readonly endTime: HrTime };

const hrTime = (ms: number): HrTime => [Math.floor(ms / 1_000), Math.round((ms % 1_000) * 1e6)];

/** What `/metrics` shows, under the same names and from the same counts, for a collector. */
export function metricProducer(registry: Registry, refresh: () => Promise<void>): MetricProducer {
  const startTime = hrTime(performance.timeOrigin);
  return {
    async collect() {
      await refresh();
      const at = { startTime, endTime: hrTime(Date.now()) };
      const all: PromMetric[] = await registry.getMetricsAsJSON();
      const metrics = all.flatMap((metric) => dataOf(metric, at) ?? []);
      const scopeMetrics = [{ scope: { name: "storedesk" }, metrics }];
      return { resourceMetrics: { resource: emptyResource(), scopeMetrics }, errors: [] };
    },
  };
}

function dataOf(metric: PromMetric, at: Span): MetricData | null {
  const { name, help, values } = metric;
  const common = {
    descriptor: { name, description: help, unit: "", valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const points = () => values.map(({ labels, value }) => ({ ...at, attributes: { ...labels }, value }));
  switch (String(metric.type)) {
    case "counter":
      return { ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: points() };
    case "gauge":
      return { ...common, dataPointType: DataPointType.GAUGE, dataPoints: points() };
    case "histogram":
      return { ...common, dataPointType: DataPointType.HISTOGRAM, dataPoints: histogramsOf(metric, at) };
    default:
      return null;
  }
}

/** Prometheus counts up to a bound, OpenTelemetry between two: each bucket loses what the one below it has. */
function histogramsOf({ name, values }: PromMetric, at: Span) {
  const groups = Map.groupBy(values, ({ labels: { le, ...labels } }) => JSON.stringify(labels));
  return [...groups.values()].map((group) => {
    const buckets = group.filter(({ metricName }) => metricName === `${name}_bucket`);
    const figureOf = (ending: string) =>
      group.find(({ metricName }) => metricName === `${name}_${ending}`)?.value ?? 0;
    const { le, ...attributes } = group[0]?.labels ?? {};
    const value: Histogram = {
      count: figureOf("count"),
      sum: figureOf("sum"),
      buckets: {
        boundaries: buckets.flatMap(({ labels }) => (labels.le === "+Inf" ? [] : [Number(labels.le)])),
        counts: buckets.map((bucket, index) => bucket.value - (buckets[index - 1]?.value ?? 0)),
      },
    };
    return { ...at, attributes, value };
  });
}
