/**
 * The types that `Base` exports, by the module that Julia prints in front of them: `Dict` is `Base.Dict`, and
 * `CartesianIndex` is `Base.IteratorsMD.CartesianIndex`. Made on Julia 1.5.3 of what `jl_static_show` prints of every
 * type in `names(Base)` that has that name; the traces of 1.10.8, 1.11.7 and 1.12.5 at hand print the same paths, but
 * for `Pair`, which is in `Core` by then. Types alone: a function without a module may be a package's own, which
 * extends or hides the one of that name.
 */
const printed: Readonly<Record<string, string>> = {
  Base:
    "AbstractChannel AbstractDict AbstractIrrational AbstractRange AbstractSet AbstractUnitRange BitArray BitSet " +
    "CapturedException Channel Cmd Colon Complex CompositeException Cstring Cwstring Dict DimensionMismatch EOFError " +
    "ExponentialBackOff IOContext IOStream IdDict IndexCartesian IndexLinear IndexStyle InvalidStateException " +
    "Irrational KeyError LinRange LinearIndices Missing MissingException OrdinalRange Pair Pipe " +
    "ProcessFailedException Rational ReentrantLock Regex RegexMatch Set Some StepRange StepRangeLen " +
    "StringIndexError SubArray SubString SubstitutionString SystemError TaskFailedException Timer UnitRange Val " +
    "VersionNumber WeakKeyDict",
  "Base.Docs": "HTML Text",
  "Base.Enums": "Enum",
  "Base.GMP": "BigInt",
  "Base.IteratorsMD": "CartesianIndex CartesianIndices",
  "Base.Libc": "RawFD",
  "Base.MPFR": "BigFloat",
  "Base.Multimedia": "AbstractDisplay MIME TextDisplay",
  "Base.PermutedDimsArrays": "PermutedDimsArray",
  "Base.Rounding": "RoundingMode",
  "Base.Sort": "PartialQuickSort",
};

/** The path of what is written without a module, or with `Base` alone in front. */
export const exportedTypes: ReadonlyMap<string, readonly [string, ...string[]]> = new Map(
  Object.entries(printed).flatMap(([module, names]) =>
    names.split(" ").map((name) => [name, [...module.split("."), name] as unknown as [string, ...string[]]] as const),
  ),
);
