import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take longest, longest first: begun last, one of them would run alone while the other workers have nothing to do. */
const longest = [
  ...[
    "crash-clerk.db",
    "crash-people.db",
    "matrix.db",
    "restore-after.db",
    "storm.db",
    "backup.db",
    "exhausted.db",
  ],
  ...["door.live", "rolling.live", "surface.live"],
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
  return rank === -1 ? longest.length : rank;
};

/** Vitest's own order (by what is known of a file's time, else by its size) behind the ones named here. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
