// Prints the CPU seconds that we take for the lines of a file. Arguments: the file; `tree` for what parsing alone takes, or
// `digest` for all that is done with a new line of a trace: canonical text and digest; and how often they are read before.
import { readFileSync } from "node:fs";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { readTraceLine } from "../../src/trace/trace-line.ts";

const [, , file = "", wanted = "tree", before = "0"] = process.argv;
const read: (line: string) => boolean =
  wanted === "tree"
    ? (line) => parseStatement(line).tree !== undefined
    : (line) => readTraceLine(line).statements.length > 0;

const lines = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line !== "");
// As Meta.parse is compiled in Julia's own image, our parser is built before the clock starts; it still runs cold.
for (const line of lines.slice(0, 100)) read(line);
for (let round = 0; round < Number(before); round += 1) for (const line of lines) read(line);
const start = process.cpuUsage();
let found = 0;
for (const line of lines) if (read(line)) found += 1;
const { user, system } = process.cpuUsage(start);
console.log((user + system) / 1e6, found);
