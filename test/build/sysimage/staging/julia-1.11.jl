# Staging on Julia 1.11: what is loaded and compiled when this ends, the image holds.

# No module of the base image has run its `__init__` here: before this, printing an error crashes.
Base.reinit_stdio()

# The plan: lines of `key<TAB>value…`.
plan = [split(line, '\t') for line in eachline(ARGS[1])]
values_of(key) = [String.(entry[2:end]) for entry in plan if entry[1] == key]
only_or_nothing(entries) = isempty(entries) ? nothing : entries[1][1]
value_of(key) = only_or_nothing(values_of(key))

# Where Julia stands, which `__init__` would have found out.
@eval Sys BINDIR = ccall(:jl_get_julia_bindir, Any, ())::String
@eval Sys STDLIB = $(value_of("stdlib"))

# Only the project and the standard library: what else stands on the load path is not the user's project.
copy!(LOAD_PATH, filter(!isnothing, [value_of("project"), "@stdlib"]))

# Where packages are kept.
Base.init_depot_path()

# What is loaded, by its uuid: two packages may have one name.
in_base = Base.loaded_modules_array()
for (name, uuid) in values_of("package")
    id = isempty(uuid) ? Base.identify_package(name) : Base.PkgId(Base.UUID(uuid), name)
    id === nothing && error("package `$name` is not in the project")
    Base.require(id)
end

# A name that the project does not know by itself, or that Main has already, stays as it is.
for (name, uuid) in values_of("package")
    id = Base.identify_package(name)
    known = id !== nothing && (isempty(uuid) || id.uuid == Base.UUID(uuid))
    known && !isdefined(Main, Symbol(name)) && Core.eval(Main, Expr(:import, Expr(:., Symbol(name))))
end

# Definitions that the image is to hold in Main.
Base.include(Main, value_of("definitions"))

# The list, with a verdict for each statement.
Base.include(@__MODULE__, value_of("replay"))
replay(value_of("statements"), value_of("verdicts"))

# A program that is run in this process: what it compiles, the image holds.
Base.include(@__MODULE__, value_of("execution"))
for words in values_of("execute")
    execute(words, in_base)
end

# The user's last words.
Base.include(Main, value_of("script"))

# Whoever waits for the image knows now that what follows is emission.
close(open(value_of("staged"), "w"))

# Without metadata the image must name no source file either.
empty!(Base._included_files)
empty!(Base.Docs.keywords)

# Nor a package's.
empty!(Base.pkgorigins)

# What belongs to this process must not be found again in the image.
empty!(LOAD_PATH)
empty!(DEPOT_PATH)
empty!(Base.ARGS)
empty!(Core.ARGS)

# Nor project files that were read here.
empty!(Base.TOML_CACHE.d)
Base.TOML.reinit!(Base.TOML_CACHE.p, "")

# Found out anew when the image starts.
@eval Sys BINDIR = ""
@eval Sys STDLIB = ""
