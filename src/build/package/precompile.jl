# Precompiles the package of a folder, as one that is found last on the load path, and writes down what Julia made:
# lines of `bytes<TAB>path`. ARGS: folder, name, uuid, file to write. Runs on Julia 1.3 and newer.
folder, name, uuid, made = ARGS
push!(LOAD_PATH, folder)
package = Base.PkgId(Base.UUID(uuid), name)
entry = Base.locate_package(package)
if entry === nothing
    println(stderr, "package `", name, "` is not found in ", folder)
    exit(4)
end
# A path up to Julia 1.8; from 1.9 on two, of which the second is nothing where no native code was made; or an error.
cache = Base.compilecache(package, entry)
if cache isa Exception
    showerror(stderr, cache)
    println(stderr)
    exit(5)
end
open(made, "w") do io
    for path in (cache isa Tuple ? cache : (cache,))
        path === nothing || print(io, filesize(path), '\t', path, '\n')
    end
end
