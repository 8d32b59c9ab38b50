/** Lines of ours in a file of the user's: between two marks, by which they are found again. */
export function withBlock(text: string, name: string, body: string): string {
  const [open, close] = [`# >>> preimage ${name} >>>`, `# <<< preimage ${name} <<<`];
  const block = `${open}\n${body.trimEnd()}\n${close}\n`;
  const start = text.indexOf(`${open}\n`);
  const end = start === -1 ? -1 : text.indexOf(`${close}\n`, start);
  if (end !== -1) return text.slice(0, start) + block + text.slice(end + close.length + 1);
  const gap = text === "" || text.endsWith("\n\n") ? "" : text.endsWith("\n") ? "\n" : "\n\n";
  return text + gap + block;
}
