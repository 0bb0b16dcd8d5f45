import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";

/** Tells this process's clerk that there may be work, so that it does not wait for its next look (money.md 2.3). */
export type Bell = {
  ring(): void;
  /** Hears every ring until the returned function is called, outside of what the ringer is about (the log's names, the trace). */
  onRing(hear: () => void): () => void;
};

export function makeBell(): Bell {
  const hearers = new Set<() => void>();
  return {
    ring() {
      for (const hear of hearers) hear();
    },
    onRing(hear) {
      const own = AsyncLocalStorage.bind(hear);
      hearers.add(own);
      return () => hearers.delete(own);
    },
  };
}
