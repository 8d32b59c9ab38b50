# Finds what has no name that holds in another build: the body of a keyword method, the generator of a generated one,
# and the closures of any. All three stand in what Julia keeps of a method. Runs on Julia 1.3 and newer.

# The method that a call with these types reaches; what `which` gives from Julia 1.6 on.
function method_of(signature)
    hasmethod(which, Tuple{Type{Tuple}}) && return which(signature)
    entry = ccall(:jl_gf_invoke_lookup, Any, (Any, UInt), signature, typemax(UInt))
    entry === nothing && error("no single method takes `$signature`")
    return entry isa Method ? entry : entry.func::Method
end

# What stands in the lowered body of a method, or nothing where it is built in or generated.
function lowered(method::Method)
    isdefined(method, :source) && method.source !== nothing || return nothing
    return isdefined(Base, :uncompressed_ir) ? Base.uncompressed_ir(method) : Base.uncompressed_ast(method)
end

# What the compiler made for a method and its lowered body names, in order, each once.
function made_for(method::Method)
    found = Any[]
    code = lowered(method)
    code === nothing || foreach(part -> collect_made!(found, part), code.code)
    return found
end

collect_made!(found, part) = nothing
collect_made!(found, part::Expr) = foreach(inner -> collect_made!(found, inner), part.args)

function collect_made!(found, part::GlobalRef)
    startswith(string(part.name), '#') && isdefined(part.mod, part.name) || return
    value = getfield(part.mod, part.name)
    any(known -> known === value, found) || push!(found, value)
    return
end

is_closure(value) = value isa Type && Base.unwrap_unionall(value) isa DataType

closure_types(method::Method) = filter(is_closure, made_for(method))

# `Base.bodyfunction` of Julia 1.6 and newer. A keyword method hands everything to its body, which takes the keywords'
# values in front of the method's own arguments.
function keyword_body(method::Method)
    own = own_types(method)
    for value in made_for(method)
        value isa Function && any(body -> takes_last(own, body), methods(value)) && return value
    end
    error("`$(method.sig)` has no keywords")
end

own_types(method::Method) = Base.unwrap_unionall(method.sig).parameters

function takes_last(own, body::Method)
    types = own_types(body)
    return length(types) > length(own) && same_kind(types[end - length(own) + 1], own[1])
end

# The function itself: its other arguments' types may name variables, which are not the same in both methods.
same_kind(one, other) = one === other || one isa Type && other isa Type && one == other

generator(method::Method) = isdefined(method, :generator) ? method.generator.gen : error("`$(method.sig)` is not generated")
