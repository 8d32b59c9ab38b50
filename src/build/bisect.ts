/**
 * The one item that makes a list fail, found by halving it. Undefined where the empty list fails as well, or where it
 * takes items of both halves. `fails` is asked about 2·log₂(n) times at most, one list after the other.
 */
export async function bisect<T>(
  items: readonly T[],
  fails: (some: readonly T[]) => Promise<boolean>,
): Promise<T | undefined> {
  if (items.length === 0 || (await fails([]))) return undefined;
  let suspects = items;
  while (suspects.length > 1) {
    const middle = Math.ceil(suspects.length / 2);
    const [first, second] = [suspects.slice(0, middle), suspects.slice(middle)];
    if (await fails(first)) suspects = first;
    else if (await fails(second)) suspects = second;
    else return undefined;
  }
  return suspects[0];
}
