# Compares types by their evaluated values. Arguments: replay.jl, a file of lines `one<TAB>other`, and where to write a
# line for each: `same`, `differ`, or what is the matter with one of them. A text behind `eval ` is evaluated as Julia
# reads it, any other by the evaluator of replay.jl. After the lines stand the classes: `class<TAB>n` for the n-th line
# gives the number of the first line whose second type is the same.

module PreimageStaging end
Base.include(PreimageStaging, ARGS[1])
using Dates
gg(_) = nothing

# Equal but for the names of type variables.
egal(a, b, env = Pair{TypeVar, TypeVar}[]) = a === b
function egal(a::TypeVar, b::TypeVar, env = Pair{TypeVar, TypeVar}[])
    for (left, right) in Iterators.reverse(env)
        (left === a || right === b) && return left === a && right === b
    end
    return a === b
end
egal(a::Union, b::Union, env = Pair{TypeVar, TypeVar}[]) = egal(a.a, b.a, env) && egal(a.b, b.b, env)
egal(a::UnionAll, b::UnionAll, env = Pair{TypeVar, TypeVar}[]) =
    egal(a.var.lb, b.var.lb, env) && egal(a.var.ub, b.var.ub, env) && egal(a.body, b.body, vcat(env, a.var => b.var))
egal(a::DataType, b::DataType, env = Pair{TypeVar, TypeVar}[]) =
    a === b || a.name === b.name && length(a.parameters) == length(b.parameters) &&
               all(index -> egal(a.parameters[index], b.parameters[index], env), 1:length(a.parameters))

# The same for all types that are egal; most others have another.
sketch(io, other) = show(io, objectid(other))
sketch(io, ::TypeVar) = print(io, '?')
sketch(io, type::Union) = (print(io, "U("); sketch(io, type.a); print(io, ','); sketch(io, type.b); print(io, ')'))
sketch(io, type::UnionAll) = (print(io, "A("); sketch(io, type.body); print(io, ')'))
function sketch(io, type::DataType)
    print(io, type.name.name, objectid(type.name), '{')
    foreach(part -> (sketch(io, part); print(io, ',')), type.parameters)
    print(io, '}')
end

function typed(text)
    type = startswith(text, "eval ") ? Core.eval(Main, Meta.parse(text[6:end])) :
           Base.invokelatest(PreimageStaging.evaluate, Meta.parse(text; raise = false), TypeVar[])
    type isa Type || throw(PreimageStaging.Unresolved("not a type"))
    return type
end

failure(error) = error isa PreimageStaging.Unresolved ? error.reason : sprint(showerror, error)

function compare(one, other)
    left = try typed(one) catch error; return ("left: $(failure(error))", nothing) end
    right = try typed(other) catch error; return ("right: $(failure(error))", nothing) end
    return (egal(left, right) ? "same" : "differ", right)
end

const types = Any[]
open(ARGS[3], "w") do io
    for line in eachline(ARGS[2])
        result, type = compare(split(line, '\t')...)
        push!(types, type)
        println(io, replace(first(split(result, '\n')), '\t' => ' '))
    end
    classes = Dict{String, Vector{Int}}()
    for (number, type) in enumerate(types)
        type === nothing && continue
        peers = get!(Vector{Int}, classes, sprint(sketch, type))
        known = findfirst(peer -> egal(types[peer], type), peers)
        known === nothing && push!(peers, number)
        println(io, "class\t", number, '\t', known === nothing ? number : peers[known])
    end
end
