import "server-only";
import { SpanKind, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";
import { aboutNow } from "#lib/log.ts";
import type { NoteOnSpan, SpanMaker, SpanName, SpanNotes } from "#lib/trace.ts";

/** Stand below another span or not at all: the clerk's looks at the books would drown everything else. */
const innerOnly: ReadonlySet<SpanName> = new Set<SpanName>(["transaction"]);

const attributesOf = (notes: SpanNotes) =>
  Object.fromEntries(Object.entries(notes).map(([name, value]) => [`storedesk.${name}`, value]));

/** The name of an error's class; what it says may hold anything, and stays in the log. */
const typeOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);

/** Spans by OpenTelemetry. Request and operation are those of the log's lines. */
export function spanMaker(tracer: Tracer): SpanMaker {
  return {
    ids() {
      const span = trace.getActiveSpan()?.spanContext();
      return span ? { trace_id: span.traceId, span_id: span.spanId } : null;
    },
    async span<T>(name: SpanName, notes: SpanNotes, work: (note: NoteOnSpan) => Promise<T>): Promise<T> {
      if (innerOnly.has(name) && !trace.getActiveSpan()) return work(() => undefined);
      const { request, op } = aboutNow();
      const attributes = attributesOf({ ...(request ? { request } : {}), ...(op ? { op } : {}), ...notes });
      const kind = name === "gateway" ? SpanKind.CLIENT : SpanKind.INTERNAL;
      return tracer.startActiveSpan(name, { kind, attributes }, async (span) => {
        try {
          return await work((more) => void span.setAttributes(attributesOf(more)));
        } catch (error) {
          span.setAttribute("error.type", typeOf(error));
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      });
    },
  };
}
