const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** One line of well-formed text: lone surrogates go, control characters and line ends become single blanks. */
function tidy(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

/**
 * The longest beginning of `text` that fits a gateway's field and splits no grapheme (no letter loses its accent, no emoji its
 * half). Counted in UTF-16 units, the strictest way any gateway counts, so the result has at most `lengthMax` characters,
 * code points and graphemes. Empty if even the first grapheme does not fit.
 */
export function cutText(text: string, lengthMax: number): string {
  let cut = "";
  for (const { segment } of graphemes.segment(tidy(text))) {
    if (cut.length + segment.length > lengthMax) break;
    cut += segment;
  }
  return cut.trimEnd();
}
