import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, launch, type Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserAdvice, findBrowser } from "../../../bin/browser.js";
import { statementOf } from "../../../src/statement/statement.ts";
import { StatementStore } from "../../../src/store/statement-store.ts";
import { parseStatement } from "../../../src/syntax/parse-statement.ts";
import { Rig } from "../../rig.ts";

const program = findBrowser();
if (program === undefined) console.warn(`the report's page is tested in no browser: ${browserAdvice}`);

const markup = `</script><img src=x onerror=alert(1)><b>bold`;
const solve = "precompile(Tuple{typeof(App.solve), Array{Float64, 2}})";
const before = `
#=   90.0 ms =# ${solve}
#=    4.0 ms =# precompile(Tuple{typeof(Base.print), Base.TTY, String})
#=    2.0 ms =# precompile(Tuple{typeof(App.old), Int64})
`;
const now = `
#=  120.5 ms =# ${solve}
#=    4.5 ms =# precompile(Tuple{typeof(Base.print), Base.PipeEndpoint, String}) # recompile
#=    0.5 ms =# precompile(Tuple{typeof(Base.map), App.var"#4#5", Array{Int64, 1}})
precompile(Tuple{typeof(Base.show), Base.Val{Symbol("${markup}")}})
precompile(Tuple{typeof(Main.run), Int64})
`;

describe.skipIf(program === undefined)("in a real browser", () => {
  const cleanUp: (() => void)[] = [];
  const rig = new Rig((remove) => cleanUp.push(remove));
  let browser: Browser;

  beforeAll(async () => {
    // Root has no sandbox, and a small /dev/shm is no reason to crash.
    browser = await launch({ executablePath: program ?? "", args: ["--no-sandbox", "--disable-dev-shm-usage"] });
    rig.write("before.jl", before);
    rig.write("now.jl", now);
    for (const name of ["before", "now"]) await rig.run(["import", `${name}.jl`, "--name", name]);
    recordBake();
    const done = await rig.run(["report", "run:now", "--against", "run:before", "-o", "report.html"]);
    expect(done.stderr + done.stdout).toContain("differences  5, against run:before");
  });
  afterAll(async () => {
    await browser?.close();
    for (const remove of cleanUp) remove();
  });

  /** As `build` and `verify` leave it. */
  function recordBake(): void {
    const opened = StatementStore.open(join(rig.folder, ".preimage", "store.db"));
    if (!opened.ok) throw new Error(opened.error.reason);
    const { tree } = parseStatement(solve);
    if (tree === undefined) throw new Error(solve);
    const { digest, canonical } = statementOf(tree);
    const facts = { sysimage: "/app.so", juliaVersion: "1.12.1", juliaCommit: "abc", bakedAt: "2026-01-01T00:00:00Z" };
    opened.value.findings.recordBake({ ...facts, steps: {} }, [{ digest, canonical, verdict: "compiled", reason: "" }]);
    opened.value.findings.recordVerification({
      sysimage: "/app.so",
      workload: JSON.stringify(["pipe", ...(opened.value.runsNamed("now")[0]?.command ?? [])]),
      residual: ["precompile(Tuple{typeof(Main.run), Int64})"],
      traced: 5,
      beforeMs: 2_400,
      afterMs: 180,
      verifiedAt: "2026-01-02T00:00:00Z",
    });
    opened.value.close();
  }

  /** A page that must do without complaint and without a network. */
  async function open(file: string): Promise<Page & { trouble: string[] }> {
    const page = Object.assign(await browser.newPage(), { trouble: [] as string[] });
    page.on("console", (message) => void page.trouble.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => void page.trouble.push(String(error)));
    page.on("dialog", (dialog) => {
      page.trouble.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!request.url().startsWith("file://")) page.trouble.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(rig.path(file)).href);
    await page.waitForSelector("#page[data-drawn]");
    return page;
  }

  const texts = (page: Page, selector: string): Promise<string[]> =>
    page.$$eval(selector, (found) => found.map((each) => each.textContent?.trim() ?? ""));
  const rows = (page: Page): Promise<string[]> => texts(page, "#statements tbody tr:not(.details) td.statement");
  const clickText = (page: Page, within: string, text: string): Promise<void> =>
    page.$$eval(
      `${within} button`,
      (buttons, wanted) => buttons.find((each) => each.textContent?.includes(wanted))?.click(),
      text,
    );

  it("opens from a file without errors, without a network, and shows all its parts", async () => {
    const page = await open("report.html");
    expect(await texts(page, "h1")).toEqual(["run:now"]);
    expect(await texts(page, "h2")).toEqual([
      "What became of it",
      "What compiles when",
      "Whose time it is",
      "What changed",
      "Statements",
    ]);
    expect(await texts(page, ".tile strong")).toEqual(["5", "126 ms", "60 %", "1"]);
    expect(page.trouble).toEqual([]);
  });

  it("shows what comes from a trace as text, whatever it says", async () => {
    const page = await open("report.html");
    expect((await rows(page)).some((row) => row.includes("<img src=x onerror=alert(1)>"))).toBe(true);
    expect(await page.$$("img, b, iframe, object")).toEqual([]);
    expect(await page.$$("script")).toHaveLength(2);
    expect(page.trouble).toEqual([]);
  });

  it("runs no script but its own", async () => {
    rig.write(
      "foreign.html",
      readFileSync(rig.path("report.html"), "utf8").replace(
        "</main>",
        "</main><script>document.title = 'taken'</script>",
      ),
    );
    const page = await open("foreign.html");
    expect(await page.title()).toBe("run:now · preimage report");
    expect(page.trouble.join()).toContain("Content Security Policy");
  });

  it("sorts by its heads, one way and then the other", async () => {
    const page = await open("report.html");
    const first = async (): Promise<string | undefined> => (await rows(page))[0];
    expect(await first()).toContain("App.solve");
    await clickText(page, "#statements th", "compile time");
    expect(await first()).toContain("Base.map");
    // What nobody knows a time of comes last either way.
    expect((await rows(page)).slice(-2).join()).toMatch(/Base\.show.*Main\.run|Main\.run.*Base\.show/s);
    await clickText(page, "#statements th", "module");
    expect(await texts(page, "#statements tbody td.module")).toEqual(["App", "Base", "Base", "Base", "Main"]);
    await clickText(page, "#statements th", "module");
    expect(await texts(page, "#statements tbody td.module")).toEqual(["Main", "Base", "Base", "Base", "App"]);
    expect(await page.$eval("#statements th.module", (head) => head.getAttribute("aria-sort"))).toBe("descending");
  });

  it("finds statements by words, whatever their case", async () => {
    const page = await open("report.html");
    await page.type("#search", "BASE int64");
    expect(await rows(page)).toEqual([expect.stringContaining("Base.map")]);
    await page.type("#search", " nowhere");
    expect(await rows(page)).toEqual([]);
    expect(await texts(page, "#statements .place")).toEqual(["no statement"]);
  });

  it("narrows the table by a click on a picture, and shows that it did", async () => {
    const page = await open("report.html");
    await clickText(page, ".lane-names", "App");
    expect(await rows(page)).toEqual([expect.stringContaining("App.solve")]);
    await clickText(page, ".chips", "module App");
    expect(await rows(page)).toHaveLength(5);
    await page.$eval(".treemap .cell.group", (cell) => (cell as HTMLElement).click());
    expect(await texts(page, ".path [aria-current]")).toEqual(["App"]);
    expect(await rows(page)).toHaveLength(1);
    await clickText(page, ".path", "all");
    await clickText(page, ".legend", "not told yet");
    expect(await rows(page)).toHaveLength(4);
    await page.$eval("#timeline .bin", (bin) => bin.dispatchEvent(new MouseEvent("click")));
    expect(await texts(page, ".chip")).toEqual(["module App ×", "piece 1 of 240 of the run ×"]);
  });

  it("opens a row with all that is known of it", async () => {
    const page = await open("report.html");
    await page.$eval("#statements tbody tr", (row) => (row as HTMLElement).click());
    const [details = ""] = await texts(page, "#statements tr.details");
    expect(details).toContain(solve);
    expect(details).toContain("compiled: Julia compiled it ahead of time");
    expect(details).toMatch(/preimage explain [0-9a-f]{16}/);
    await page.$eval("#statements tbody tr", (row) => (row as HTMLElement).click());
    expect(await page.$$("#statements tr.details")).toHaveLength(0);
  });

  it("tells what the sysimage did, and what still compiles on it", async () => {
    const page = await open("report.html");
    expect(await texts(page, ".pair strong")).toEqual(["2.4 s → 180 ms", "5 statements → 1"]);
    expect(await texts(page, ".residual tbody td")).toEqual([
      "typeof(Main.run), Int64",
      "belongs to the script",
      expect.stringContaining("move it into a package"),
    ]);
  });

  it("shows the difference to the other set", async () => {
    const page = await open("report.html");
    expect(await texts(page, "#differences > .about")).toEqual([
      "Against run:before: 1 in both, 3 came, 1 went, 1 changed.",
    ]);
    await clickText(page, "#differences .choice", "changed");
    const [row = ""] = await texts(page, "#differences tbody td.statement");
    expect(row).toContain("Base.TTY");
    expect(row).toContain("Base.PipeEndpoint");
    await page.type("#search-differences", "nothing");
    expect(await texts(page, "#differences tbody tr")).toEqual([]);
  });

  it("follows the browser's colours, and prints without what only a screen has", async () => {
    const page = await open("report.html");
    const paper = (): Promise<string> => page.$eval("body", (body) => getComputedStyle(body).backgroundColor);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    expect(await paper()).toBe("rgb(255, 255, 255)");
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    expect(await paper()).toBe("rgb(20, 23, 28)");
    await page.emulateMediaType("print");
    expect(await paper()).toBe("rgb(255, 255, 255)");
    expect(await page.$eval("#search", (box) => getComputedStyle(box).display)).toBe("none");
    expect((await page.pdf({ format: "A4" })).byteLength).toBeGreaterThan(10_000);
    expect(page.trouble).toEqual([]);
  });

  it("has something to say of nothing", async () => {
    rig.write("none.jl", "");
    await rig.run(["report", "none.jl", "-o", "none.html"]);
    const page = await open("none.html");
    expect(await texts(page, "h2")).toEqual(["What became of it", "Statements"]);
    expect(await texts(page, "#statements .place")).toEqual(["no statement"]);
    expect(page.trouble).toEqual([]);
  });

  it("has a page of many statements in the document at a time", async () => {
    const many = Array.from(
      { length: 20_000 },
      (_, index) => `precompile(Tuple{typeof(M${index % 700}.f${index}), Int64})\n`,
    );
    rig.write("many.jl", many.join(""));
    await rig.run(["report", "many.jl", "-o", "many.html"]);
    const page = await open("many.html");
    expect(await rows(page)).toHaveLength(50);
    expect(await texts(page, "#statements .place")).toEqual(["1–50 of 20,000"]);
    await clickText(page, "#statements .pager", "next");
    expect(await texts(page, "#statements .place")).toEqual(["51–100 of 20,000"]);
    expect((await page.$$(".cell")).length).toBeLessThan(3_000);
    expect(page.trouble).toEqual([]);
  });
});
