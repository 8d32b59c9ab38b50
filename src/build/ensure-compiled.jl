# Loads each package named in ARGS, as `Name` or `Name=uuid`; says on standard error which one is missing. Where the
# project names one that is not at hand, the project is instantiated first. Runs on Julia 1.3 and newer.
wanted = [occursin('=', argument) ? split(argument, '=') : (argument, nothing) for argument in ARGS]
identified(name, uuid) = uuid === nothing ? Base.identify_package(name) : Base.PkgId(Base.UUID(uuid), name)
at_hand(id) = id !== nothing && (haskey(Base.loaded_modules, id) || Base.locate_package(id) !== nothing)

if Base.active_project() !== nothing && any(((name, uuid),) -> !at_hand(identified(name, uuid)), wanted)
    println(stderr, "instantiating ", Base.active_project())
    pkg = Base.require(Base.PkgId(Base.UUID("44cfe95a-1eb2-52ea-b672-e2afdf69b78f"), "Pkg"))
    try
        Base.invokelatest(pkg.instantiate)
    catch error
        showerror(stderr, error)
        println(stderr)
    end
end

for (name, uuid) in wanted
    id = identified(name, uuid)
    if !at_hand(id)
        println(stderr, "package `", name, "` is not in the project, or could not be had")
        exit(4)
    end
    Base.require(id)
end
