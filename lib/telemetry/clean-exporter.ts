import "server-only";
import type { Attributes } from "@opentelemetry/api";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace";

/** What may leave, by name. Next also notes whole addresses, with order numbers and what was searched for. */
const mayLeave =
  /^(storedesk\.\w+|http\.(method|route|status_code)|next\.(span_type|route|rsc)|error\.type)$/;

const clean = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => mayLeave.test(name)));

/** Next names some spans by an address; the kind of span and the pattern of the route say as much. */
function nameOf({ name, attributes, instrumentationScope }: ReadableSpan): string {
  if (instrumentationScope.name !== "next.js") return name;
  const { "http.method": method, "http.route": route, "next.span_type": type } = attributes;
  return method && route ? `${method} ${route}` : String(type ?? "next.js");
}

function cleanSpan(span: ReadableSpan): ReadableSpan {
  const { kind, parentSpanContext, startTime, endTime, duration, ended, resource, instrumentationScope } =
    span;
  return {
    ...{ kind, startTime, endTime, duration, ended, resource, instrumentationScope },
    ...(parentSpanContext ? { parentSpanContext } : {}),
    name: nameOf(span),
    spanContext: () => span.spanContext(),
    attributes: clean(span.attributes),
    // An error's text may hold what somebody typed, and a query's parameters: the log has it, under the same trace.
    status: { code: span.status.code },
    ...{ events: [], links: [], droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0 },
  };
}

/** The same exporter behind a list of what may leave: of everything else, nothing does. */
export function cleanExporter(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(cleanSpan), done),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}
