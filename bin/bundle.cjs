// Loads the files of dist/, with what V8 made of them the last time. Node's own cache of that holds only what V8 compiles
// before a file runs; most of a start is what it compiles after.
const { closeSync, existsSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync } = require("node:fs");
const { renameSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { constants, Script } = require("node:vm");

const dist = join(__dirname, "../dist");

/** The second words that choose a command. */
const belowRuns = new Set(["show", "rm"]);

/** What compares and counts is done before V8's best compiler pays. With others, asking for less of it costs more than it saves. */
const shortWork = new Set(["diff", "stats", "overlap", "common"]);

/** Code that nobody has used for so long is removed, in milliseconds. */
const keptMs = 30 * 24 * 3600 * 1000;

/**
 * The exports of the bundle's main file.
 * @param {readonly string[]} words the command line: each command has a cache of its own, as each compiles something else
 */
exports.loadBundle = ([first = "", second = ""]) => {
  // In front of all code, as code that was kept is only good for the options it was compiled with.
  if (shortWork.has(first)) require("node:v8").setFlagsFromString("--efficiency-mode");
  const folder = cacheFolder();
  const command = /^[a-z]+$/.test(first) ? first + (belowRuns.has(second) ? `-${second}` : "") : "other";
  /** @type {Map<string, Pick<NodeJS.Module, "exports">>} */
  const loaded = new Map();
  const load = (/** @type {string} */ name) => {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    const file = join(dist, name);
    const source = readFileSync(file, "latin1");
    // `pack.js` wrote it: a function, behind the digest of its text.
    const key = `${source.slice(2, 18)}-${command}-${process.arch}-${process.version}`;
    const script = compile(file, source, folder && join(folder, key));
    script.runInThisContext()(module.exports, requireFrom, module, file, dist);
    return module.exports;
  };
  const requireFrom = (/** @type {string} */ name) => (name.startsWith("./") ? load(name.slice(2)) : require(name));
  return load("main.cjs");
};

/** @param {string} file @param {string} source @param {string | undefined} cache */
function compile(file, source, cache) {
  const cachedData = cache && read(cache);
  const script = new Script(source, {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData && { cachedData }),
  });
  if (cache !== undefined && (cachedData === undefined || script.cachedDataRejected)) {
    // Only what has run is compiled, so it is kept at the end.
    process.once("exit", (status) => {
      if (status <= 1) keep(cache, script);
    });
  }
  return script;
}

/** As `src/julia/private-toolchain.ts` has it; undefined where there is none. */
function cacheFolder() {
  const { XDG_CACHE_HOME: named, HOME, USERPROFILE, NODE_DISABLE_COMPILE_CACHE: disabled } = process.env;
  const home = HOME || USERPROFILE;
  if (disabled || !(named || home)) return undefined;
  return join(named || join(home ?? "", ".cache"), "preimage", "code");
}

/** Undefined where it is not there, damaged, or somebody else's: it is run. @param {string} path */
function read(path) {
  try {
    const opened = openSync(path, "r");
    try {
      if (process.getuid !== undefined && fstatSync(opened).uid !== process.getuid()) return undefined;
      const kept = readFileSync(opened);
      const code = kept.subarray(0, -4);
      return kept.readInt32LE(code.length) === checksum(code) ? code : undefined;
    } finally {
      closeSync(opened);
    }
  } catch {
    return undefined;
  }
}

/** Where it cannot be kept, it is compiled again next time. @param {string} path @param {Script} script */
function keep(path, script) {
  const folder = join(path, "..");
  const partial = `${path}.${process.pid}.partial`;
  try {
    const code = script.createCachedData();
    const sum = Buffer.alloc(4);
    sum.writeInt32LE(checksum(code));
    makeFolder(folder);
    writeFileSync(partial, Buffer.concat([code, sum]), { mode: 0o600 });
    renameSync(partial, path);
    for (const name of readdirSync(folder)) {
      const old = join(folder, name);
      if (Date.now() - statSync(old).mtimeMs > keptMs) rmSync(old, { force: true });
    }
  } catch {}
}

/**
 * Over two words of each 512 bytes: what is lost is lost by the block, when a machine stops as it writes, and V8 checks the
 * length of what it is given, not what it says.
 * @param {Buffer} code
 */
function checksum(code) {
  const words = new Int32Array(code.buffer, code.byteOffset, code.length >> 2);
  let sum = 0;
  for (let at = 0; at < words.length; at += 64) sum = (Math.imul(sum, 31) + (words[at] ?? 0)) | 0;
  return sum;
}

/** As `src/support/make-folder.ts` does, and for its reason. @param {string} path */
function makeFolder(path) {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
