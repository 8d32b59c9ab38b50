# written by preimage 0.1.0: for module Foo
# Put `include("precompile.jl")` before the last `end` of Foo, or into its `@compile_workload`.
# What is not there in another version of Julia or of a package is passed over.
if ccall(:jl_generating_output, Cint, ()) == 1
    try; precompile(Tuple{typeof(Bar.go), Foo.Thing}); catch; end
    try; precompile(Tuple{typeof(Base.map), typeof(Foo.run), Array{Int64, 1}}); catch; end
    try; precompile(Tuple{typeof(Foo.run), Int64}); catch; end
    if VERSION >= v"1.11"
        try; precompile(Tuple{typeof(Foo.run), Memory{Int64}}); catch; end
    end
    if VERSION >= v"1.6"
        try; precompile(Tuple{typeof(Base.bodyfunction(which(Tuple{typeof(Foo.run), Any}))), Bool, typeof(Foo.run), Int64}); catch; end
    end
    if VERSION >= v"1.9"
        try; precompile(Tuple{typeof(Core.kwcall), NamedTuple{(:a,), Tuple{Int64}}, typeof(Foo.run), Int64}); catch; end
    end
end
