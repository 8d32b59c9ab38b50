/** A Julia release; `1.12.0-DEV.1617` counts as 1.12.0, as its language is that of the release to come. */
export interface JuliaVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** As Julia prints it, suffix included. */
  readonly text: string;
}

/** Undefined where the text does not start like a version. A missing part counts as 0: `1.9` is `1.9.0`. */
export function parseJuliaVersion(text: string): JuliaVersion | undefined {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:$|[-+])/.exec(text.trim());
  if (match === null) return undefined;
  const [, major, minor = "0", patch = "0"] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch), text: text.trim() };
}

/** `atLeast(version, 1, 9)`: the version is 1.9.0 or newer. */
export function atLeast(version: JuliaVersion, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

/** The same with a version's text, such as `1.9`. */
export function isAtLeast(version: JuliaVersion, oldest: string): boolean {
  const { major, minor } = parseJuliaVersion(oldest) ?? { major: 0, minor: 0 };
  return atLeast(version, major, minor);
}
