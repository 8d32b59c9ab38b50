// What `names(Core)` and `names(Base)` give: what every module sees without a prefix. Macros are left out.
// The first list is of Julia 1.5.3, made by `join(sort!(string.(union(names(Core), names(Base)))), " ")`.
const upTo15 = String.raw`
  ! != !== % & ' * + - / // : < <: << <= == === => > >: >= >> >>> ARGS AbstractArray AbstractChannel AbstractChar
  AbstractDict AbstractDisplay AbstractFloat AbstractIrrational AbstractMatrix AbstractRange AbstractSet
  AbstractString AbstractUnitRange AbstractVecOrMat AbstractVector Any ArgumentError Array AssertionError BigFloat
  BigInt BitArray BitMatrix BitSet BitVector Bool BoundsError Broadcast C_NULL CapturedException CartesianIndex
  CartesianIndices Cchar Cdouble Cfloat Channel Char Cint Cintmax_t Clong Clonglong Cmd Colon Complex ComplexF16
  ComplexF32 ComplexF64 CompositeException Condition Cptrdiff_t Cshort Csize_t Cssize_t Cstring Cuchar Cuint
  Cuintmax_t Culong Culonglong Cushort Cvoid Cwchar_t Cwstring DEPOT_PATH DataType DenseArray DenseMatrix
  DenseVecOrMat DenseVector Dict DimensionMismatch Dims DivideError Docs DomainError ENDIAN_BOM ENV EOFError Enum
  ErrorException Exception ExponentialBackOff Expr Float16 Float32 Float64 Function GC GlobalRef HTML IO IOBuffer
  IOContext IOStream IdDict IndexCartesian IndexLinear IndexStyle InexactError Inf Inf16 Inf32 Inf64 InitError
  InsertionSort Int Int128 Int16 Int32 Int64 Int8 Integer InterruptException InvalidStateException Irrational
  Iterators KeyError LOAD_PATH Libc LinRange LineNumberNode LinearIndices LoadError MIME Main MathConstants Matrix
  MergeSort Meta Method MethodError Missing MissingException Module NTuple NaN NaN16 NaN32 NaN64 NamedTuple
  Nothing Number OrdinalRange OutOfMemoryError OverflowError PROGRAM_FILE Pair PartialQuickSort PermutedDimsArray
  Pipe PipeBuffer ProcessFailedException Ptr QuickSort QuoteNode Rational RawFD ReadOnlyMemoryError Real
  ReentrantLock Ref Regex RegexMatch RoundDown RoundFromZero RoundNearest RoundNearestTiesAway RoundNearestTiesUp
  RoundToZero RoundUp RoundingMode SegmentationFault Set Signed Some StackOverflowError StackTraces StepRange
  StepRangeLen StridedArray StridedMatrix StridedVecOrMat StridedVector String StringIndexError SubArray SubString
  SubstitutionString Symbol Sys SystemError Task TaskFailedException Text TextDisplay Threads Timer Tuple Type
  TypeError TypeVar UInt UInt128 UInt16 UInt32 UInt64 UInt8 UndefInitializer UndefKeywordError UndefRefError
  UndefVarError Union UnionAll UnitRange Unsigned VERSION Val Vararg VecElement VecOrMat Vector VersionNumber
  WeakKeyDict WeakRef \ ^ __precompile__ abs abs2 abspath accumulate accumulate! acos acosd acosh acot acotd acoth
  acsc acscd acsch adjoint all all! allunique angle any any! append! applicable argmax argmin ascii asec asecd
  asech asin asind asinh asyncmap asyncmap! atan atand atanh atexit atreplinit axes backtrace basename big bind
  binomial bitreverse bitrotate bitstring broadcast broadcast! bswap bytes2hex bytesavailable cat catch_backtrace
  cbrt cd ceil cglobal checkbounds checkindex chmod chomp chop chown circcopy! circshift circshift! cis clamp
  clamp! cld close cmp coalesce code_lowered code_typed codepoint codeunit codeunits collect complex conj conj!
  contains convert copy copy! copysign copyto! cos cosc cosd cosh cospi cot cotd coth count count! count_ones
  count_zeros countlines cp csc cscd csch ctime cumprod cumprod! cumsum cumsum! current_task deepcopy deg2rad
  delete! deleteat! denominator detach devnull diff digits digits! dirname disable_sigint display displayable
  displaysize div divrem download dropdims dump eachcol eachindex eachline eachmatch eachrow eachslice eltype
  empty empty! endswith enumerate eof eps error esc escape_string eval evalfile evalpoly exit exp exp10 exp2
  expanduser expm1 exponent extrema factorial falses fd fdio fetch fieldcount fieldname fieldnames fieldoffset
  fieldtype fieldtypes filemode filesize fill fill! filter filter! finalize finalizer findall findfirst findlast
  findmax findmax! findmin findmin! findnext findprev first firstindex fld fld1 fldmod fldmod1 flipsign float
  floatmax floatmin floor flush fma foldl foldr foreach frexp fullname functionloc gcd gcdx gensym get get!
  get_zero_subnormals getfield gethostname getindex getkey getpid getproperty gperm hasfield hash haskey hasmethod
  hasproperty hcat hex2bytes hex2bytes! homedir htol hton hvcat hypot identity ifelse ignorestatus im imag in
  include_dependency include_string indexin insert! instances intersect intersect! inv invmod invoke invperm
  invpermute! isa isabspath isabstracttype isapprox isascii isassigned isbits isbitstype isblockdev ischardev
  iscntrl isconcretetype isconst isdefined isdigit isdir isdirpath isdisjoint isdispatchtuple isempty isequal
  iseven isfifo isfile isfinite isimmutable isinf isinteger isinteractive isless isletter islink islocked
  islowercase ismarked ismissing ismount ismutable isnan isnothing isnumeric isodd isone isopen ispath isperm
  ispow2 isprimitivetype isprint ispunct isqrt isreadable isreadonly isready isreal issetequal issetgid issetuid
  issocket issorted isspace issticky isstructtype issubnormal issubset istaskdone istaskfailed istaskstarted
  istextmime isuppercase isvalid iswritable isxdigit iszero iterate join joinpath keys keytype kill kron last
  lastindex lcm ldexp leading_ones leading_zeros length lock log log10 log1p log2 lowercase lowercasefirst lpad
  lstat lstrip ltoh macroexpand map map! mapfoldl mapfoldr mapreduce mapslices mark match max maximum maximum!
  maxintfloat merge merge! mergewith mergewith! methods min minimum minimum! minmax missing mkdir mkpath mktemp
  mktempdir mod mod1 mod2pi modf mtime muladd mv nameof names ncodeunits ndigits ndims nextfloat nextind nextpow
  nextprod nfields nonmissingtype normpath nothing notify ntoh ntuple numerator objectid occursin oftype one ones
  oneunit only open operm pairs parent parentindices parentmodule parse partialsort partialsort! partialsortperm
  partialsortperm! pathof peek permute! permutedims permutedims! pi pipeline pkgdir pointer pointer_from_objref
  pop! popat! popdisplay popfirst! position powermod precision precompile prepend! prevfloat prevind prevpow print
  println printstyled process_exited process_running prod prod! promote promote_rule promote_shape promote_type
  propertynames push! pushdisplay pushfirst! put! pwd rad2deg rand randn range rationalize read read!
  readavailable readbytes! readchomp readdir readline readlines readlink readuntil real realpath redirect_stderr
  redirect_stdin redirect_stdout redisplay reduce reenable_sigint reim reinterpret relpath rem rem2pi repeat
  replace replace! repr reset reshape resize! rethrow retry reverse reverse! reverseind rm rot180 rotl90 rotr90
  round rounding rpad rsplit rstrip run schedule searchsorted searchsortedfirst searchsortedlast sec secd sech
  seek seekend seekstart selectdim set_zero_subnormals setdiff setdiff! setenv setfield! setindex! setprecision
  setproperty! setrounding show showable showerror sign signbit signed significand similar sin sinc sincos sincosd
  sind sinh sinpi size sizehint! sizeof skip skipchars skipmissing sleep something sort sort! sortperm sortperm!
  sortslices splice! split splitdir splitdrive splitext splitpath sprint sqrt stacktrace startswith stat stderr
  stdin stdout step stride strides string strip success sum sum! summary supertype symdiff symdiff! symlink
  systemerror take! tan tand tanh task_local_storage tempdir tempname textwidth thisind throw time time_ns
  timedwait titlecase to_indices touch trailing_ones trailing_zeros transcode transpose trues trunc truncate
  trylock tryparse tuple typeassert typeintersect typejoin typemax typemin typeof undef unescape_string union
  union! unique unique! unlock unmark unsafe_copyto! unsafe_load unsafe_pointer_to_objref unsafe_read
  unsafe_store! unsafe_string unsafe_trunc unsafe_wrap unsafe_write unsigned uperm uppercase uppercasefirst
  valtype values vcat vec view wait walkdir which widemul widen withenv write xor yield yieldto zero zeros zip |
  |> ~ ÷ π ℯ ∈ ∉ ∋ ∌ ∘ √ ∛ ∩ ∪ ≈ ≉ ≠ ≡ ≢ ≤ ≥ ⊆ ⊇ ⊈ ⊉ ⊊ ⊋ ⊻
`;

/** What Julia 1.6 to 1.13 added. */
const since16 = `
  AbstractSlices AtomicMemory AtomicMemoryRef CanonicalIndexError ColumnSlices ComposedFunction
  ConcurrencyViolationError FieldError GenericMemory GenericMemoryRef LazyString Lockable Memory MemoryRef Returns
  RowSlices ScopedValue Slices addenv allequal chopprefix chopsuffix cispi closewrite copyline copyuntil
  current_exceptions eachrsplit eachsplit errormonitor fourthroot getglobal hvncat insorted invokelatest
  isdefinedglobal ismutabletype isunordered keepat! logrange memoryref memoryrefget memoryrefset! modifyfield!
  modifyproperty! pkgversion readeach redirect_stdio replacefield! replaceproperty! setcpuaffinity setfieldonce!
  setglobal! setpropertyonce! sincospi splat stack swapfield! swapproperty! tanpi unsafe_modify! unsafe_replace!
  unsafe_swap! with
`;

// Taken apart where it is asked, as most commands ask for none.
let exported: ReadonlySet<string> | undefined;

/** True for a name that means the same in every module, as some Julia's Core or Base exports it. */
export function isExportedName(name: string): boolean {
  exported ??= new Set(`${upTo15} ${since16}`.trim().split(/\s+/));
  return exported.has(name);
}
