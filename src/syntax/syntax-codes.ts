/** The permanent codes of what can be wrong with a statement's text. */
export const syntaxCodes = {
  unexpected: "PI101",
  nested: "PI102",
  "not-precompile": "PI103",
  ended: "PI104",
  "not-tuple": "PI105",
  objection: "PI106",
  trailing: "PI107",
  unprintable: "PI108",
  reflection: "PI113",
} as const;

export type SyntaxProblem = keyof typeof syntaxCodes;
