/** The wildcard of one character, and characters that are wildcards themselves, in a LIKE pattern. */
const anyOne = "_";
const literal = (text: string) => text.replaceAll("_", "\\_");

/**
 * Patterns (SQL LIKE) of numbers that differ from one by a single slip of the hand: one character another, one too many,
 * one missing, two in the wrong order; and of longer numbers that begin with it.
 */
export function nearMissPatterns(orderNo: string): string[] {
  const at = Array.from({ length: orderNo.length }, (_, index) => index);
  const cut = (index: number) => [literal(orderNo.slice(0, index)), orderNo.slice(index)] as const;
  const patterns = at.flatMap((index) => {
    const [head, tail] = cut(index);
    const swapped = tail.length > 1 ? [`${head}${literal(`${tail[1]}${tail[0]}${tail.slice(2)}`)}`] : [];
    return [
      `${head}${anyOne}${literal(tail.slice(1))}`,
      `${head}${literal(tail.slice(1))}`,
      `${head}${anyOne}${literal(tail)}`,
      ...swapped,
    ];
  });
  return [...new Set([...patterns, `${literal(orderNo)}%`])];
}
