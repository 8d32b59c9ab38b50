// Makes dist/: one bundle with lazy chunks, beside the files that Julia and the shell read. Run by `npm pack`.
import { copyFileSync, globSync, mkdirSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = `${root}/dist`;

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
await build({
  entryPoints: [`${root}/src/cli/main.ts`],
  outdir: dist,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22.18",
  external: ["better-sqlite3"],
  legalComments: "linked",
  // cli-table3 is CommonJS and asks for Node's own modules.
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
});
// Code finds them beside itself, and in the bundle all code stands in one folder.
for (const file of globSync(`${root}/src/*/*.{jl,sh}`)) copyFileSync(file, `${dist}/${basename(file)}`);
