import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** These bake for minutes: begun last, they would keep one worker busy while the other has nothing left to do. */
const longest = /test\/julia\/(foreseen|build|bake|rounds|fresh-base|rehearse)\.test\.ts$/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => longest.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    // What hangs is ended; how long the rest takes is a matter of the machine.
    testTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
  },
});
