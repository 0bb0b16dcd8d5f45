import "server-only";
import { randomUUID } from "node:crypto";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { setGlobalErrorHandler } from "@opentelemetry/core";
import {
  detectResources,
  type Resource,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { env } from "#lib/env.ts";
import { metrics } from "#lib/metrics.ts";
import { makeSpansBy } from "#lib/trace.ts";
import { cleanExporter } from "./clean-exporter.ts";
import { metricExporter, spanExporter } from "./exporters.ts";
import { metricProducer } from "./metric-producer.ts";
import { samplerOf } from "./sampler.ts";
import type { TelemetrySettings } from "./settings.ts";
import { spanMaker } from "./span-maker.ts";
import { tellTrouble } from "./tell-trouble.ts";

/** How long the last spans and figures have to leave when the process ends, in ms. */
const lastWordMs = 1_000;

/**
 * Sends traces and metrics to a collector, as the settings say, from now on. Whatever becomes of that, nobody waits for it: spans
 * are queued and sent beside the work, and dropped when the queue is full. Returns what sends the rest and ends it, a second
 * later at most. `refresh` brings the figures of the books up to now, and never throws.
 */
export async function startTelemetry(
  settings: TelemetrySettings,
  refresh: () => Promise<void>,
): Promise<() => Promise<void>> {
  setGlobalErrorHandler(tellTrouble());
  const resource = ownResource();
  const parts = [
    ...(settings.traces ? [await startTraces(settings.traces, resource)] : []),
    ...(settings.metrics ? [await startMetrics(settings.metrics, { resource, refresh })] : []),
  ];
  return async () => {
    makeSpansBy(undefined);
    context.disable();
    trace.disable();
    const over = new Promise((resolve) => setTimeout(resolve, lastWordMs).unref());
    await Promise.race([Promise.allSettled(parts.map((part) => part.shutdown())), over]);
  };
}

/** Which service and process this is; OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say more or otherwise. */
function ownResource(): Resource {
  return resourceFromAttributes({
    "service.name": "storedesk",
    "service.instance.id": randomUUID(),
    "deployment.environment.name": env().STOREDESK_ENVIRONMENT,
  }).merge(detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }));
}

type Part = { shutdown(): Promise<void> };

async function startTraces(
  { protocol, batch, ...sampling }: NonNullable<TelemetrySettings["traces"]>,
  resource: Resource,
): Promise<Part> {
  const exporter = cleanExporter(await spanExporter(protocol));
  const provider = new TracerProvider({
    resource,
    sampler: samplerOf(sampling),
    spanLimits: { attributeValueLengthLimit: 200 },
    spanProcessors: [new BatchSpanProcessor({ ...batch, exporter })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  trace.setGlobalTracerProvider(provider);
  makeSpansBy(spanMaker(provider.getTracer("storedesk")));
  return provider;
}

type Measured = { readonly resource: Resource; readonly refresh: () => Promise<void> };

async function startMetrics(
  { protocol, intervalMs, timeoutMs }: NonNullable<TelemetrySettings["metrics"]>,
  { resource, refresh }: Measured,
): Promise<Part> {
  const reader = new PeriodicExportingMetricReader({
    exporter: await metricExporter(protocol),
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis: timeoutMs,
    metricProducers: [metricProducer(metrics().registry, refresh)],
  });
  return new MeterProvider({ resource, readers: [reader] });
}
