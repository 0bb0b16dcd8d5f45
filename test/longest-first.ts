import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take longest, longest first: begun last, one of them would run alone while the other workers have nothing to do. */
const longest = ["crash-clerk", "crash-people", "matrix", "restore-after", "storm", "backup", "exhausted"];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = longest.findIndex((name) => moduleId.endsWith(`/${name}.db.test.ts`));
  return rank === -1 ? longest.length : rank;
};

/** Vitest's own order (by what is known of a file's time, else by its size) behind the ones named here. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
