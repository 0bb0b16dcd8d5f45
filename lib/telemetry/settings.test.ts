import { expect, test } from "vitest";
import { readTelemetry } from "./settings.ts";

const somewhere = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" };

test("without an address of a collector nothing is sent, whatever else is set", () => {
  expect(readTelemetry({})).toBeNull();
  expect(readTelemetry({ OTEL_EXPORTER_OTLP_ENDPOINT: "" })).toBeNull();
  expect(readTelemetry({ OTEL_SERVICE_NAME: "desk", OTEL_TRACES_SAMPLER: "always_on" })).toBeNull();
});

test("one address is for both; an address of its own is for that part alone", () => {
  expect(readTelemetry(somewhere)).toMatchObject({
    traces: { protocol: "http/protobuf", sampler: "parentbased_always_on", ratio: 1 },
    metrics: { protocol: "http/protobuf", intervalMs: 60_000, timeoutMs: 30_000 },
  });
  const { OTEL_EXPORTER_OTLP_ENDPOINT: address } = somewhere;
  expect(readTelemetry({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: address })).toMatchObject({
    traces: {},
    metrics: null,
  });
  expect(readTelemetry({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: address })).toMatchObject({
    traces: null,
    metrics: {},
  });
});

test("it is switched off as a whole by one variable, in whatever case, and each part by its own", () => {
  for (const word of ["true", "TRUE"])
    expect(readTelemetry({ ...somewhere, OTEL_SDK_DISABLED: word })).toBeNull();
  for (const word of ["false", "", "1"])
    expect(readTelemetry({ ...somewhere, OTEL_SDK_DISABLED: word })).not.toBeNull();
  expect(readTelemetry({ ...somewhere, OTEL_TRACES_EXPORTER: "none" })).toMatchObject({ traces: null });
  expect(readTelemetry({ ...somewhere, OTEL_METRICS_EXPORTER: "none" })).toMatchObject({ metrics: null });
});

test("what is set of the sampler, the queue and the intervals is what counts; the part's own protocol goes first", () => {
  expect(
    readTelemetry({
      ...somewhere,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: "http/protobuf",
      OTEL_TRACES_SAMPLER: "traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0.25",
      OTEL_BSP_SCHEDULE_DELAY: "50",
      OTEL_BSP_MAX_QUEUE_SIZE: "10",
      OTEL_METRIC_EXPORT_INTERVAL: "1000",
    }),
  ).toMatchObject({
    traces: {
      protocol: "http/json",
      sampler: "traceidratio",
      ratio: 0.25,
      batch: { scheduledDelayMillis: 50, maxQueueSize: 10, maxExportBatchSize: 512 },
    },
    metrics: { protocol: "http/protobuf", intervalMs: 1_000, timeoutMs: 1_000 },
  });
});

test.each([
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "127.0.0.1:4318"],
  ["OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"],
  ["OTEL_TRACES_EXPORTER", "zipkin"],
  ["OTEL_TRACES_SAMPLER", "sometimes"],
  ["OTEL_TRACES_SAMPLER_ARG", "2"],
  ["OTEL_BSP_MAX_QUEUE_SIZE", "0"],
  ["OTEL_METRIC_EXPORT_INTERVAL", "soon"],
])("%s as %s is one sentence that names it, and none where all is switched off", (name, value) => {
  expect(() => readTelemetry({ ...somewhere, [name]: value })).toThrow(name);
  expect(readTelemetry({ ...somewhere, [name]: value, OTEL_SDK_DISABLED: "true" })).toBeNull();
});
