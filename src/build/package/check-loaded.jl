# Ends with 4 where the package that ARGS name, by uuid and name, was not loaded in front of this. Runs on Julia 1.3 and newer.
uuid, name = ARGS
haskey(Base.loaded_modules, Base.PkgId(Base.UUID(uuid), name)) || exit(4)
