// Prints the seconds that our parser takes for the lines of a file. Arguments: the file.
import { readFileSync } from "node:fs";
import { parseStatement } from "../../src/syntax/parse-statement.ts";

const lines = readFileSync(process.argv[2] ?? "", "utf8")
  .split("\n")
  .filter((line) => line !== "");
// As Meta.parse is compiled in Julia's own image, our parser is built before the clock starts; it still runs cold.
for (const line of lines.slice(0, 100)) parseStatement(line);
const before = process.cpuUsage();
let parsed = 0;
for (const line of lines) if (parseStatement(line).tree !== undefined) parsed += 1;
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1e6, parsed);
