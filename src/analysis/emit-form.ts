/** Whose form a set is written in. */
export const emitForms = ["packagecompiler", "precompiletools", "snoopcompile", "tsv", "json"] as const;
export type EmitForm = (typeof emitForms)[number];

/** Forms with a file for each package. */
export const formsOfPackages: ReadonlySet<EmitForm> = new Set(["precompiletools", "snoopcompile"]);
