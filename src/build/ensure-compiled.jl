# Loads each package named in ARGS, as `Name` or `Name=uuid`; says on standard error which one is missing.
for argument in ARGS
    name, uuid = occursin('=', argument) ? split(argument, '=') : (argument, nothing)
    id = uuid === nothing ? Base.identify_package(name) : Base.PkgId(Base.UUID(uuid), name)
    if id === nothing || Base.locate_package(id) === nothing && !haskey(Base.loaded_modules, id)
        println(stderr, "package `", name, "` is not in the project")
        exit(4)
    end
    Base.require(id)
end
