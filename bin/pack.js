// Makes dist/: the bundle, beside the files that Julia and the shell read. Run by `npm pack`; the benchmark
// names another folder.
import { createHash } from "node:crypto";
import { copyFileSync, globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { rolldown } from "rolldown";
import { bundlePage } from "../src/report/page/bundle.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = process.argv[2] ?? `${root}/dist`;

/**
 * What lists and shows starts as fast as Node does: what all commands need is in one file with what `runs` needs, and these
 * have files of their own, each with what is imported at once there. All else is in `rest.cjs`. What is imported where it
 * is needed stays a function that nobody calls before.
 */
const parts = {
  main: ["src/cli/main", "src/cli/runs-command", "src/commands/runs", "src/report/runs-report"],
  show: ["src/cli/statements-command", "src/commands/show", "src/report/show-report"],
  import: ["src/cli/import-command", "src/commands/import"],
  canonical: ["src/statement/canonical", "src/statement/statement"],
  parser: ["grammar/read-statement"],
  diff: ["src/cli/diff-command", "src/commands/diff", "src/report/diff-report"],
};

/**
 * Commander imports all of `node:fs` and others, which has a bundle copy them name by name, and `node:child_process` to
 * start commands that are programs of their own; ours are not, and with it Node loads its sockets.
 * @type {import("rolldown").Plugin}
 */
const lightCommander = {
  name: "light-commander",
  transform(code, id) {
    if (!id.includes("/commander/")) return undefined;
    return code.replace(/^import (\w+) from '(node:\w+)';$/gm, (_, name, module) =>
      module === "node:child_process" ? "" : `const ${name} = globalThis.process.getBuiltinModule("${module}");`,
    );
  },
};

/** These have files of their own. */
const later = { "cli-table3": "cli-table3", grammar: "grammar/read-statement.ts" };

/**
 * What is needed seldom is required where it is needed: in a checkout by `createRequire`, here it is a file of its own.
 * @type {import("rolldown").Plugin}
 */
const requiredLater = {
  name: "required-later",
  resolveId(source, importer) {
    const [name] = Object.entries(later).find(([, file]) => source.endsWith(file)) ?? [];
    return name !== undefined && importer?.startsWith(`${root}src/`)
      ? { id: `./${name}.cjs`, external: true }
      : undefined;
  },
  transform: (code, id) =>
    id.startsWith(`${root}src/`) ? code.replace(/^const require = .*\.createRequire\(.*$/m, "") : undefined,
};

/**
 * A part asks Node at its head for all that anything in it uses; `node:crypto` alone takes a fifth of a start. So each is
 * asked for where it is used first.
 * @type {import("rolldown").Plugin}
 */
const builtinsLater = {
  name: "builtins-later",
  generateBundle(_, bundle) {
    for (const part of Object.values(bundle)) {
      if (part.type !== "chunk") continue;
      for (const [line, name = "", asked] of part.code.matchAll(/^let (node_\w+) = (require\("node:\w+"\));$/gm)) {
        const uses = part.code.replace(line, "");
        if (new RegExp(`\\b${name}\\b(?!\\.)`).test(uses)) throw new Error(`${name} is used as a whole`);
        const later = `let ${name} = () => {\n\tconst loaded = ${asked};\n\t${name} = () => loaded;\n\treturn loaded;\n};`;
        part.code = `${later}\n${uses.replaceAll(new RegExp(`\\b${name}\\.`, "g"), `${name}().`)}`;
      }
    }
  },
};

/**
 * Each file that Node looks for costs as much as a command's own work. The bundler makes one of its helpers, which hold no
 * state, and one of the line that begins: both go where they are needed.
 * @type {import("rolldown").Plugin}
 */
const fewFiles = {
  name: "few-files",
  async generateBundle(_, bundle) {
    const { "rolldown-runtime.cjs": helpers, "begin.cjs": begin, ...parts } = bundle;
    if (
      helpers?.type !== "chunk" ||
      begin?.type !== "chunk" ||
      !begin.code.includes("exports.main = require_main.main;")
    )
      throw new Error("the bundler's helpers and beginning are not as they were");
    for (const part of Object.values(parts)) {
      if (part.type !== "chunk") continue;
      const code = part.code.replace(
        'require("./rolldown-runtime.cjs")',
        () => `((exports) => {${helpers.code}\nreturn exports;})({})`,
      );
      part.code = await asFunction(part.name === "main" ? `${code}\ninit_main();` : code);
    }
    delete bundle["rolldown-runtime.cjs"];
    delete bundle["begin.cjs"];
  },
};

/**
 * As `bundle.cjs` loads it: a function, behind the digest by which what was compiled of it is known. In ASCII it takes half
 * the memory; names stay, for the stack of an internal error.
 */
async function asFunction(/** @type {string} */ body) {
  const { code } = await transform(`(function(exports,require,module,__filename,__dirname){${body}\n})`, {
    charset: "ascii",
    minifyWhitespace: true,
    target: "node22.18",
    legalComments: "inline",
  });
  return `//${createHash("sha256").update(code).digest("hex").slice(0, 16)}\n${code}`;
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const bundle = await rolldown({
  cwd: root,
  input: { begin: `${root}src/cli/main.ts`, "cli-table3": "cli-table3", grammar: `${root}grammar/read-statement.ts` },
  platform: "node",
  // What has both is taken as modules: jsonc-parser's other form asks for files that a bundle does not have.
  resolve: { mainFields: ["module", "main"] },
  // esbuild makes the page's parts in a checkout; here they are ready.
  external: ["esbuild"],
  transform: { target: "node22.18" },
  plugins: [lightCommander, requiredLater, builtinsLater, fewFiles],
  checks: { ineffectiveDynamicImport: false },
});
await bundle.write({
  dir: dist,
  // CommonJS starts faster than modules: Node looks for few files, and caches what V8 made of them.
  format: "cjs",
  entryFileNames: "[name].cjs",
  chunkFileNames: "[name].cjs",
  strictExecutionOrder: true,
  codeSplitting: {
    groups: [
      ...Object.entries(parts).map(([name, modules], index) => ({
        name,
        test: (/** @type {string} */ id) => modules.some((module) => id === `${root}${module}.ts`),
        priority: 9 - index,
      })),
      {
        name: "rest",
        test: (id) =>
          id.startsWith(root) &&
          !/node_modules.(?:cli-table3|@colors|string-width|emoji-regex|strip-ansi|ansi-regex|is-fullwidth-code-point)/.test(
            id,
          ),
      },
    ],
  },
  minifyInternalExports: false,
  comments: { legal: true },
});
// Code finds them beside itself, and in the bundle all code stands in one folder.
for (const file of globSync(`${root}src/**/*.{jl,sh,py}`)) copyFileSync(file, `${dist}/${basename(file)}`);
const { script, style } = await bundlePage();
writeFileSync(`${dist}/page.js`, script);
writeFileSync(`${dist}/page.css`, style);
