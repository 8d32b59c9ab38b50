/** Which processes of a run: `1,3-5` for 1, 3, 4 and 5. Nothing for none. */
export function processText(numbers: readonly number[]): string {
  const spans: [first: number, last: number][] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const span = spans.at(-1);
    if (span !== undefined && span[1] + 1 === number) span[1] = number;
    else spans.push([number, number]);
  }
  return spans.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join();
}

/** What `processText` wrote, and several of them with commas between, in order and each once. */
export function processNumbers(text: string): readonly number[] {
  const spans = text.split(",").filter((span) => span !== "");
  const numbers = spans.flatMap((span) => {
    const [first = 0, last = first] = span.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}
