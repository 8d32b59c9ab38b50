import { expect, it } from "vitest";
import { age, reportPrunedImages } from "../../src/report/images-report.ts";

it.each([
  ["2024-05-01T11:59:40Z", "0 min"],
  ["2024-05-01T10:30:00Z", "90 min"],
  ["2024-04-30T12:00:00Z", "24 h"],
  ["2024-04-21T12:00:00Z", "10 days"],
  ["2024-05-01T12:00:10Z", "0 min"],
])("an image of %s is %s old", (since, told) => {
  expect(age(since, Date.parse("2024-05-01T12:00:00Z"))).toBe(told);
});

it("says that nothing was there to remove", () => {
  const { stdout, exitCode } = reportPrunedImages({ dryRun: false, removed: [], kept: [] }, "table");
  expect([stdout, exitCode]).toEqual(["nothing to remove\n", 0]);
});
