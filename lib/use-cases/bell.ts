import "server-only";

/** Tells this process's clerk that there may be work, so that it does not wait for its next look (money.md 2.3). */
export type Bell = {
  ring(): void;
  /** Hears every ring until the returned function is called. */
  onRing(hear: () => void): () => void;
};

export function makeBell(): Bell {
  const hearers = new Set<() => void>();
  return {
    ring() {
      for (const hear of hearers) hear();
    },
    onRing(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
  };
}
