/** A text as one word of the fish shell. */
export function fishWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/[\\']/g, "\\$&")}'`;
}

/** A text as a literal of Julia. */
export function juliaLiteral(text: string): string {
  return `"${text.replace(/[\\"$]/g, "\\$&")}"`;
}

/** A text as a literal of Python. */
export function pythonLiteral(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

/** A word of a desktop entry's `Exec`: quoted for its own reader, then for the file's. Source: the Desktop Entry Specification. */
export function execWord(text: string): string {
  const plain = text.replaceAll("%", "%%");
  if (/^[\w@%+=:,./-]+$/.test(plain)) return plain;
  return `"${plain.replace(/[\\"`$]/g, "\\$&")}"`.replaceAll("\\", "\\\\");
}
