import { installPrivateToolchain } from "../julia/private-toolchain.ts";
import { findToolchain, type Toolchain } from "../julia/toolchain.ts";
import { setupDiagnostic, toolchainDiagnostic } from "../julia/toolchain-diagnostic.ts";
import { ok } from "../support/result.ts";
import { type CommandContext, type CommandResult, failed, withToolchain } from "./context.ts";

export interface SetupOutcome {
  readonly toolchain: Toolchain;
  readonly installed: boolean;
}

/** Finds a Julia, or installs the private one where there is none. */
export async function setup(asked: string | undefined, context: CommandContext): Promise<CommandResult<SetupOutcome>> {
  const found = await findToolchain(asked, context.abort);
  if (found.ok) return ok({ toolchain: found.value, installed: false });
  if (found.error.reason !== "none-found") return failed(toolchainDiagnostic(found.error));
  const installed = await installPrivateToolchain((text) => context.notify({ kind: "note", text }), context.abort);
  if (!installed.ok) return failed(setupDiagnostic(installed.error));
  const toolchain = await withToolchain(context, installed.value);
  return toolchain.ok
    ? ok({ toolchain: { ...toolchain.value, foundBy: "private toolchain" }, installed: true })
    : toolchain;
}
