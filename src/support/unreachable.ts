/** The default of an exhaustive `switch`: a new case that was forgotten breaks the type check, not the user. */
export function unreachable(value: never): never {
  throw new Error(`unreachable case: ${JSON.stringify(value)}`);
}
