import { duration } from "../../rendering.ts";

export { duration };

/** `precompile(Tuple{…})` without what all statements have. */
export function signatureText(statement: string): string {
  const [, inner] = /^precompile\(Tuple\{(.*)\}\)$/s.exec(statement) ?? [];
  return inner ?? statement;
}

export const number = (value: number): string => value.toLocaleString("en-US");

/** `1 statement`, `2,000 statements`. */
export const counted = (count: number, noun: string): string => `${number(count)} ${noun}${count === 1 ? "" : "s"}`;

export function percent(part: number, whole: number): string {
  if (whole === 0) return "";
  const share = (100 * part) / whole;
  return share > 0 && share < 1 ? "< 1 %" : `${Math.round(share)} %`;
}

/** `2024-05-01 10:00 UTC`. */
export const moment = (iso: string): string => `${iso.slice(0, 16).replace("T", " ")} UTC`;
