import { unreachable } from "../support/unreachable.ts";
import { allCommands, type CommandWords, type OptionWords, type ValueWords } from "./command-words.ts";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** A script for the shell that completes what `root` says can be typed. */
export function completionScript(shell: Shell, root: CommandWords): string {
  switch (shell) {
    case "bash":
      return bashScript(root);
    case "zsh":
      return zshScript(root);
    case "fish":
      return fishScript(root);
    default:
      return unreachable(shell);
  }
}

/** In single quotes, so that nothing in it means anything to a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const quotedForFish = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** What the store at hand is asked for, by kind of value; all of them print a word a line. */
const asked = {
  set: "preimage runs --sets 2>/dev/null",
  run: "preimage runs --sets 2>/dev/null | sed -n 's/^run://p'",
} as const;
type Asked = keyof typeof asked;

const wordsFor = (value: ValueWords): readonly string[] => (value.kind === "words" ? value.words : []);
const askedFor = (values: readonly ValueWords[]): readonly Asked[] => [
  ...new Set(values.flatMap(({ kind }) => (kind === "set" || kind === "run" ? [kind] : []))),
];
const takesFiles = (value: ValueWords): boolean => value.kind === "file" || value.kind === "set";

function bashScript(root: CommandWords): string {
  const commands = allCommands(root);
  const known = commands.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(" ")));
  return `# bash completion for preimage. Try it: eval "$(preimage completion bash)"
# Keep it: preimage completion bash > ~/.local/share/bash-completion/completions/preimage
${Object.entries(asked)
  .map(([kind, command]) => `_preimage_ask_${kind}() { ${command}; }`)
  .join("\n")}
_preimage() {
  local line=\${COMP_LINE:0:COMP_POINT} command= words= files= cur prev typed= each
  local -a before
  # The whole word: to bash a colon and an equals sign are words of their own.
  cur=\${line##*[[:space:]]}
  read -ra before <<<"\${line%"$cur"}"
  prev=\${before[\${#before[@]}-1]}
  [[ $cur == --*=* ]] && prev=\${cur%%=*} cur=\${cur#*=}
  for each in "\${before[@]:1}"; do
    case "\${command:+$command }$each" in
      ${known.join(" | ")}) command="\${command:+$command }$each" ;;
    esac
  done
  case "$command" in
${commands.map(bashCommand).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  [[ -n $files ]] && COMPREPLY+=($(compgen -f -- "$cur"))
  # Only what stands behind the last of them is replaced; and as a file's name a colon would be escaped.
  if [[ $cur == *[:=]* && $COMP_WORDBREAKS == *:* ]]; then
    typed=\${cur%"\${cur##*[:=]}"}
    COMPREPLY=("\${COMPREPLY[@]#"$typed"}")
  fi
  [[ -z $files || \${COMPREPLY[0]-} == *:* ]] && compopt +o filenames 2>/dev/null
  return 0
}
complete -o filenames -o bashdefault -F _preimage preimage
`;
}

function bashCommand(command: CommandWords): string {
  const valued = command.options.flatMap(({ names, value }) => (value === undefined ? [] : [{ names, value }]));
  const options = command.options.flatMap(({ names }) => names);
  const below = command.commands.map(({ path }) => path.at(-1) ?? "");
  const cases = [
    ...valued.map(({ names, value }) => `${names.join(" | ")}) ${bashValues([value])} ;;`),
    `*) if [[ $cur == -* ]]; then words=${quoted(options.join(" "))}; else ${bashValues(command.arguments, below)}; fi ;;`,
  ];
  return `    ${quoted(command.path.join(" "))})
      case "$prev" in
${cases.map((line) => `        ${line}`).join("\n")}
      esac
      ;;`;
}

function bashValues(values: readonly ValueWords[], more: readonly string[] = []): string {
  const words = quoted([...new Set([...more, ...values.flatMap(wordsFor)])].join(" "));
  const calls = askedFor(values).map((kind) => `" $(_preimage_ask_${kind})"`);
  return `words=${words}${calls.join("")}${values.some(takesFiles) ? "; files=yes" : ""}`;
}

function zshScript(root: CommandWords): string {
  return `#compdef preimage
# zsh completion for preimage. Keep it as _preimage in a folder of $fpath, such as
# preimage completion zsh > "\${fpath[1]}/_preimage"
${Object.entries(asked).map(zshAsking).join("\n")}
_preimage_set_or_file() {
  _alternative 'sets:set:_preimage_ask_set' 'files:file:_files'
}
${allCommands(root).map(zshFunction).join("\n")}
if [[ "$funcstack[1]" == _preimage ]]; then
  _preimage "$@"
else
  compdef _preimage preimage
fi
`;
}

const zshAsking = ([kind, command]: readonly [string, string]): string => `_preimage_ask_${kind}() {
  local -a found
  found=(\${(f)"$(${command})"})
  compadd -- $found
}`;

const zshName = (path: readonly string[]): string => ["_preimage", ...path].join("_");

function zshFunction({ path, options, commands, ...command }: CommandWords): string {
  const specs = options.map(zshOption);
  if (commands.length === 0) {
    const values = command.arguments.map(zshAction);
    const last = values.pop();
    const given = [
      ...values.map((action, index) => quoted(`${index + 1}: :${action}`)),
      ...(last === undefined ? [] : [quoted(`*: :${last}`)]),
    ];
    return `${zshName(path)}() {\n  _arguments ${[...specs, ...given].join(" \\\n    ")}\n}`;
  }
  const described = commands.map((each) => quoted(`${each.path.at(-1)}:${each.description}`));
  const cases = commands.map((each) => `        ${each.path.at(-1)}) ${zshName(each.path)} ;;`);
  return `${zshName(path)}() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
    ${described.join("\n    ")}
  )
  _arguments -C ${[...specs, quoted("1: :->command"), quoted("*:: :->rest")].join(" \\\n    ")}
  case $state in
    command) _describe command commands ;;
    rest)
      case $line[1] in
${cases.join("\n")}
      esac
      ;;
  esac
}`;
}

function zshOption({ names, description, value }: OptionWords): string {
  const told = description.replace(/[\\[\]:]/g, "\\$&");
  const action = value === undefined ? "" : `: :${zshAction(value)}`;
  const [first = "", second] = names;
  if (second === undefined) return quoted(`*${first}[${told}]${action}`);
  return `{${first},${second}}${quoted(`[${told}]${action}`)}`;
}

function zshAction(value: ValueWords): string {
  if (value.kind === "words") return `(${value.words.join(" ")})`;
  if (value.kind === "set") return "_preimage_set_or_file";
  if (value.kind === "run") return "_preimage_ask_run";
  return value.kind === "file" ? "_files" : "";
}

function fishScript(root: CommandWords): string {
  const commands = allCommands(root);
  return `# fish completion for preimage. Try it: preimage completion fish | source
# Keep it: preimage completion fish > ~/.config/fish/completions/preimage.fish
function __preimage_at
    # The command that is being typed, without what begins with a dash.
    set -l path
    set -l words (commandline -opc)
    set -e words[1]
    for word in $words
        contains -- (string join -- ' ' $path $word) ${commands.flatMap(({ path }) => (path.length === 0 ? [] : [quotedForFish(path.join(" "))])).join(" ")}
        and set -a path $word
    end
    test "$path" = "$argv"
end
complete -c preimage -f
${commands.flatMap(fishLines).join("\n")}
`;
}

function fishLines({ path, options, commands, ...command }: CommandWords): readonly string[] {
  const at = `complete -c preimage -n ${quotedForFish(["__preimage_at", ...path].join(" "))}`;
  const words = fishValues(command.arguments);
  return [
    ...commands.map((each) => `${at} -a ${each.path.at(-1)} -d ${quotedForFish(each.description)}`),
    ...options.map((option) => `${at} ${fishOption(option)}`),
    ...(words === "" ? [] : [`${at} -a ${quotedForFish(words)}`]),
    ...(command.arguments.some(takesFiles) ? [`${at} -F`] : []),
  ];
}

function fishOption({ names, description, value }: OptionWords): string {
  const flags = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const words = value === undefined ? "" : fishValues([value]);
  const offered = words === "" ? "" : ` -a ${quotedForFish(words)}`;
  const taken = value === undefined ? "" : `${takesFiles(value) ? " -r -F" : " -x"}${offered}`;
  return `${flags.join(" ")}${taken} -d ${quotedForFish(description)}`;
}

const fishValues = (values: readonly ValueWords[]): string =>
  [...new Set(values.flatMap(wordsFor)), ...askedFor(values).map((kind) => `(${asked[kind]})`)].join(" ");
