/** What a drill's pages are marked with in the Server-Timing header. */
export const drillMark = "drill";

type Browser = {
  readonly document: { readonly documentElement: { hasAttribute(name: string): boolean } };
  readonly performance: { getEntriesByType(type: "navigation"): readonly unknown[] };
};

/** Whether the page in this browser came from a drill: by its frame, or where even that is gone by the header it came with. */
export function isDrillPage({ document, performance }: Browser): boolean {
  if (document.documentElement.hasAttribute("data-drill")) return true;
  return performance.getEntriesByType("navigation").some((entry) => {
    const timing: unknown = typeof entry === "object" && entry !== null && Reflect.get(entry, "serverTiming");
    return Array.isArray(timing) && timing.some((one: { name?: unknown }) => one.name === drillMark);
  });
}
