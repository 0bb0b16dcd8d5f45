import "server-only";
import { z } from "zod";

/** An empty variable counts as one that was left out (OpenTelemetry's paper on environment variables). */
const leftOut = <T extends z.ZodType>(inner: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), inner.optional());
const oneOf = <const T extends readonly [string, ...string[]]>(name: string, words: T) =>
  leftOut(z.enum(words, `${name} must be ${words.slice(0, -1).join(", ")} or ${words.at(-1)}`));
const address = (name: string) =>
  leftOut(z.url({ protocol: /^https?$/, error: `${name} must be an http(s) address` }));
const whole = (name: string) =>
  leftOut(z.coerce.number(`${name} must be a whole number`).int().positive(`${name} must be above 0`));

const protocols = ["http/protobuf", "http/json"] as const;
const samplers = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

/** Headers, time-outs, compression and certificates of OTEL_EXPORTER_OTLP_… are read by the exporters themselves. */
const schema = z.object({
  OTEL_SDK_DISABLED: leftOut(z.string()),
  OTEL_EXPORTER_OTLP_ENDPOINT: address("OTEL_EXPORTER_OTLP_ENDPOINT"),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: address("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: address("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"),
  OTEL_EXPORTER_OTLP_PROTOCOL: oneOf("OTEL_EXPORTER_OTLP_PROTOCOL", protocols),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: oneOf("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", protocols),
  OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: oneOf("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", protocols),
  OTEL_TRACES_EXPORTER: oneOf("OTEL_TRACES_EXPORTER", ["otlp", "none"]),
  OTEL_METRICS_EXPORTER: oneOf("OTEL_METRICS_EXPORTER", ["otlp", "none"]),
  OTEL_TRACES_SAMPLER: oneOf("OTEL_TRACES_SAMPLER", samplers),
  OTEL_TRACES_SAMPLER_ARG: leftOut(
    z.coerce
      .number("OTEL_TRACES_SAMPLER_ARG must be 0 to 1")
      .min(0)
      .max(1, "OTEL_TRACES_SAMPLER_ARG must be 0 to 1"),
  ),
  OTEL_BSP_SCHEDULE_DELAY: whole("OTEL_BSP_SCHEDULE_DELAY"),
  OTEL_BSP_EXPORT_TIMEOUT: whole("OTEL_BSP_EXPORT_TIMEOUT"),
  OTEL_BSP_MAX_QUEUE_SIZE: whole("OTEL_BSP_MAX_QUEUE_SIZE"),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: whole("OTEL_BSP_MAX_EXPORT_BATCH_SIZE"),
  OTEL_METRIC_EXPORT_INTERVAL: whole("OTEL_METRIC_EXPORT_INTERVAL"),
  OTEL_METRIC_EXPORT_TIMEOUT: whole("OTEL_METRIC_EXPORT_TIMEOUT"),
});

export type Protocol = (typeof protocols)[number];

/** What goes to a collector and how; null: that part does not go. Times in ms. */
export type TelemetrySettings = {
  readonly traces: {
    readonly protocol: Protocol;
    readonly sampler: (typeof samplers)[number];
    /** Of the two samplers by ratio. */
    readonly ratio: number;
    readonly batch: {
      readonly scheduledDelayMillis: number;
      readonly exportTimeoutMillis: number;
      readonly maxQueueSize: number;
      readonly maxExportBatchSize: number;
    };
  } | null;
  readonly metrics: {
    readonly protocol: Protocol;
    readonly intervalMs: number;
    readonly timeoutMs: number;
  } | null;
};

/**
 * What the standard OTEL_ variables ask for; null: nothing is to be sent anywhere. A malformed one throws a sentence that names it,
 * unless all of it is switched off.
 */
export function readTelemetry(
  variables: Readonly<Record<string, string | undefined>>,
): TelemetrySettings | null {
  if (variables.OTEL_SDK_DISABLED?.toLowerCase() === "true") return null;
  const read = schema.safeParse(variables);
  if (!read.success) throw new Error(read.error.issues.map(({ message }) => message).join("; "));
  const traces = tracesOf(read.data);
  const metrics = metricsOf(read.data);
  return traces || metrics ? { traces, metrics } : null;
}

type Given = z.output<typeof schema>;

function tracesOf(given: Given): TelemetrySettings["traces"] {
  const endpoint = given.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? given.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint || given.OTEL_TRACES_EXPORTER === "none") return null;
  return {
    protocol:
      given.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? given.OTEL_EXPORTER_OTLP_PROTOCOL ?? "http/protobuf",
    sampler: given.OTEL_TRACES_SAMPLER ?? "parentbased_always_on",
    ratio: given.OTEL_TRACES_SAMPLER_ARG ?? 1,
    batch: {
      scheduledDelayMillis: given.OTEL_BSP_SCHEDULE_DELAY ?? 5_000,
      exportTimeoutMillis: given.OTEL_BSP_EXPORT_TIMEOUT ?? 30_000,
      maxQueueSize: given.OTEL_BSP_MAX_QUEUE_SIZE ?? 2_048,
      maxExportBatchSize: given.OTEL_BSP_MAX_EXPORT_BATCH_SIZE ?? 512,
    },
  };
}

function metricsOf(given: Given): TelemetrySettings["metrics"] {
  const endpoint = given.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT ?? given.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint || given.OTEL_METRICS_EXPORTER === "none") return null;
  const intervalMs = given.OTEL_METRIC_EXPORT_INTERVAL ?? 60_000;
  return {
    protocol:
      given.OTEL_EXPORTER_OTLP_METRICS_PROTOCOL ?? given.OTEL_EXPORTER_OTLP_PROTOCOL ?? "http/protobuf",
    intervalMs,
    timeoutMs: Math.min(given.OTEL_METRIC_EXPORT_TIMEOUT ?? 30_000, intervalMs),
  };
}
