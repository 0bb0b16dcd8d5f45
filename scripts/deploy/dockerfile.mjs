/** The little of the Dockerfile language that ours uses, read into stages. */

/** @typedef {{ word: string, rest: string }} Line */
/** @typedef {{ name: string, from: string, lines: Line[] }} Stage */

const known = ["FROM", "WORKDIR", "ENV", "COPY", "RUN", "USER", "EXPOSE", "HEALTHCHECK", "CMD"];

/** @param {string} text @returns {Stage[]} */
export function readDockerfile(text) {
  /** @type {Stage[]} */
  const stages = [];
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const [, word = "", rest = ""] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (!known.includes(word)) throw new Error(`a line that nobody here performs: ${line}`);
    if (word === "FROM") {
      const [, from = "", name = ""] = /^(\S+) AS (\S+)$/.exec(rest) ?? [];
      stages.push({ name, from, lines: [] });
    } else stages.at(-1)?.lines.push({ word, rest });
  }
  return stages;
}

/** What a stage runs as in the end. @param {Stage} stage @returns {string[]} */
export function commandOf(stage) {
  return JSON.parse(stage.lines.findLast(({ word }) => word === "CMD")?.rest ?? "[]");
}

/** `A=1 B=2` @param {Stage} stage @returns {Record<string, string>} */
export function environmentOf(stage) {
  const pairs = stage.lines.filter(({ word }) => word === "ENV").flatMap(({ rest }) => rest.split(" "));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
}
