/** Which texts have all the words that are typed, whatever their case. */
export function searchIn(texts: readonly string[]): (typed: string) => (index: number) => boolean {
  let lower: readonly string[] | undefined;
  return (typed) => {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return () => true;
    lower ??= texts.map((text) => text.toLowerCase());
    const searched = lower;
    return (index) => words.every((word) => searched[index]?.includes(word));
  };
}
