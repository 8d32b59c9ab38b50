# Runs a package's tests the way Pkg does, with the environment that Pkg makes for them: `test.jl PACKAGE ARGS…`, where the
# package is empty for the project's own. Every Pkg starts them by `Base.julia_cmd()`, which asks for Julia's own folder;
# what stands in PREIMAGE_TEST_HOME traces them. This process itself is not traced. Runs on Julia 1.3 and newer.
module PreimageTest

import Pkg

# What is compiled into caches is none of the tests'; what cannot be loaded, they report.
try
    Pkg.precompile()
catch
end

Core.eval(Base.Sys, :(BINDIR = $(ENV["PREIMAGE_TEST_HOME"])))

const package = popfirst!(ARGS)
const arguments = copy(ARGS)

test() = package == "" ? Pkg.test(; test_args = arguments) : Pkg.test(package; test_args = arguments)

has_registry() = any(holds_any(joinpath(depot, "registries")) for depot in DEPOT_PATH)
holds_any(folder) = isdir(folder) && !isempty(readdir(folder))
tests_began() = any(endswith(".jl"), readdir(ENV["PREIMAGE_TRACE_FOLDER"]))

# Pkg asks for a registry even where all that the tests need is at hand. Without network an empty one will do.
function with_empty_registry(work)
    mktempdir() do depot
        folder = mkpath(joinpath(depot, "registries", "Empty"))
        write(
            joinpath(folder, "Registry.toml"),
            "name = \"Empty\"\nuuid = \"8f7a1c52-5f3a-4d0b-9f57-0d7d8c1b1a10\"\nrepo = \"\"\n\n[packages]\n",
        )
        push!(DEPOT_PATH, depot)
        work()
    end
end

function main()
    try
        test()
    catch
        (has_registry() || tests_began()) && rethrow()
        println(stderr, "preimage: there is no registry and none could be had; trying with what is installed")
        with_empty_registry(test)
    end
end

try
    main()
catch error
    showerror(stderr, error)
    println(stderr)
    exit(1)
end

end
