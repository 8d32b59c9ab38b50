# The steps of staging, in order. The table of what each Julia from 1.3 on needs is in ../../src/README.md.

# No module of the base image has run its `__init__` here: before this, printing an error crashes.
Base.reinit_stdio()

plan = [split(line, '\t') for line in eachline(ARGS[1])]
values_of(key) = [String.(entry[2:end]) for entry in plan if entry[1] == key]
value_of(key) = only_or_nothing(values_of(key))
only_or_nothing(entries) = isempty(entries) ? nothing : entries[1][1]

@eval Sys BINDIR = ccall(:jl_get_julia_bindir, Any, ())::String
@eval Sys STDLIB = $(value_of("stdlib"))

if VERSION < v"1.5"
    # Julia 1.3 and 1.4 use regular expressions and random numbers while they load packages.
    Base.PCRE.__init__()
    let random = Base.PkgId(Base.UUID("9a3f8284-a2c9-5f02-9a11-845980a1fd5c"), "Random")
        haskey(Base.loaded_modules, random) && Base.loaded_modules[random].__init__()
    end
end

if VERSION >= v"1.7"
    # Only the project and the standard library: what else stands on the load path is not the user's project.
    copy!(LOAD_PATH, filter(!isnothing, [value_of("project"), "@stdlib"]))
else
    Base.init_load_path()
    isdefined(Base, :init_active_project) && Base.init_active_project()
end
Base.init_depot_path()

for (name, uuid) in values_of("package")
    id = isempty(uuid) ? Base.identify_package(name) : Base.PkgId(Base.UUID(uuid), name)
    id === nothing && error("package `$name` is not in the project")
    Base.require(id)
end

Base.include(@__MODULE__, value_of("replay"))
replay(value_of("statements"), value_of("verdicts"))

let script = value_of("script")
    script === nothing || Base.include(Main, script)
end

# What belongs to this process must not be found again in the image.
empty!(LOAD_PATH)
empty!(DEPOT_PATH)
empty!(Base.ARGS)
empty!(Core.ARGS)
if isdefined(Base, :TOML_CACHE)
    empty!(Base.TOML_CACHE.d)
    Base.TOML.reinit!(Base.TOML_CACHE.p, "")
end
@eval Sys BINDIR = ""
@eval Sys STDLIB = ""
