import type { PageData } from "../page-data.ts";

/** What stands packed in the page. Throws where this browser cannot unpack it. */
export async function readData(): Promise<PageData> {
  const packed = document.getElementById("data")?.textContent ?? "";
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as PageData;
}
