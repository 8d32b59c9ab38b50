// Makes the page's script and style of their sources: when the package is packed, and in a checkout whenever a page is
// written, so that nobody has to build anything first.
import { fileURLToPath } from "node:url";

const file = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/** @returns {Promise<import("./page.ts").PageParts>} */
export async function bundlePage() {
  const { build } = await import("esbuild");
  /** @type {import("esbuild").BuildOptions} */
  const options = { bundle: true, minify: true, write: false, legalComments: "inline", logLevel: "silent" };
  const [script, style] = await Promise.all([
    build({ ...options, entryPoints: [file("browser/main.ts")], format: "iife", target: "es2022" }),
    build({ ...options, entryPoints: [file("page.css")], target: ["chrome111", "firefox113", "safari16.4"] }),
  ]);
  return { script: textOf(script), style: textOf(style) };
}

/** Where the script stands in a page, nothing may look like its end. @param {import("esbuild").BuildResult} result */
function textOf({ outputFiles: [output] = [] }) {
  if (output === undefined) throw new Error("esbuild gave no file");
  return output.text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}
