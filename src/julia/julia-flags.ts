/** `--project=…`, or nothing: then Julia's own default and JULIA_PROJECT hold. */
export function projectFlag(project: string | undefined): string[] {
  return project === undefined ? [] : [`--project=${project}`];
}

/** What a Julia of ours is started with: without the user's `startup.jl`, and what it says is read by a program. */
export const quietFlags: readonly string[] = ["--startup-file=no", "--color=no"];
