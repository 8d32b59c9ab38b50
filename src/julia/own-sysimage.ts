import { existsSync, readFileSync, statSync } from "node:fs";

/** Where `install` keeps the sysimage that Julia came with. PackageCompiler's name for it, so that either finds it. */
export function backupPath(sysimage: string): string {
  return `${sysimage}.backup`;
}

/** The sysimage that Julia came with, where the one it starts on may be one that `install` put there. */
export function ownSysimage(defaultSysimage: string): string {
  const backup = backupPath(defaultSysimage);
  return existsSync(backup) && isInstalled(defaultSysimage) ? backup : defaultSysimage;
}

/** It stands beside its stamp. An update of Julia's leaves the stamp, and the backup, of an image that it has replaced. */
export function isInstalled(defaultSysimage: string): boolean {
  try {
    const { bytes } = JSON.parse(readFileSync(`${defaultSysimage}.json`, "utf8")) as { readonly bytes?: unknown };
    return statSync(defaultSysimage).size === bytes;
  } catch {
    return false;
  }
}
