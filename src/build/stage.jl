# The staging script: what Julia runs under `--output-o`. Argument: a plan, lines of `key<TAB>value…`.
# Everything happens in a module without a name in Main, so the sysimage's Main stays as empty as Julia's own.
Base.include(Module(:PreimageStaging), joinpath(@__DIR__, "staging.jl"))
