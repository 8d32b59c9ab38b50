/** What the file system said, without the system call and our own temporary names: `EACCES: permission denied`. */
export function fileErrorText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^E[A-Z]+: /.test(message) ? (message.split(", ")[0] ?? message) : message;
}
