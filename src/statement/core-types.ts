/**
 * The types that `Core` exports and `Base` exports again: one binding with three names, `Core.Int64`, `Base.Int64` and
 * `Int64`, of which Julia prints the last. Types alone: a function may be another one in `Base`, as `ifelse` is from
 * Julia 1.6 on. Made on Julia 1.5.3, and nothing in it has left `Core` since, by
 *
 *     julia -e 'println(join(sort([String(n) for n in names(Core) if getfield(Core, n) isa Type &&
 *       isdefined(Base, n) && getfield(Base, n) === getfield(Core, n)]), " "))'
 */
export const coreTypes: ReadonlySet<string> = new Set(
  (
    "AbstractArray AbstractChar AbstractFloat AbstractString Any ArgumentError Array AssertionError Bool BoundsError " +
    "Char Cvoid DataType DenseArray DivideError DomainError ErrorException Exception Expr Float16 Float32 Float64 " +
    "Function GlobalRef IO InexactError InitError Int Int128 Int16 Int32 Int64 Int8 Integer InterruptException " +
    "LineNumberNode LoadError Method MethodError Module NTuple NamedTuple Nothing Number OutOfMemoryError " +
    "OverflowError Ptr QuoteNode ReadOnlyMemoryError Real Ref SegmentationFault Signed StackOverflowError String " +
    "Symbol Task Tuple Type TypeError TypeVar UInt UInt128 UInt16 UInt32 UInt64 UInt8 UndefInitializer " +
    "UndefKeywordError UndefRefError UndefVarError Union UnionAll Unsigned Vararg VecElement WeakRef"
  ).split(" "),
);

/** New in `Core` with Julia 1.11. */
export const memoryTypes: ReadonlySet<string> = new Set(
  "AtomicMemory AtomicMemoryRef GenericMemory GenericMemoryRef Memory MemoryRef".split(" "),
);
