# For statements that are too abstract for a sysimage to keep native code of: calls with concrete types that reach the same
# method instance. Baking such a call keeps the code. Argument: a plan, lines of `key<TAB>value…`. Writes
# `number<TAB>signature` lines, printed as `--trace-compile` prints them. Runs on Julia 1.3 and newer.
module PreimageWitness

const plan = [split(line, '\t') for line in eachline(ARGS[1])]
values_of(key) = [String.(entry[2:end]) for entry in plan if entry[1] == key]
value_of(key) = values_of(key)[1][1]

Base.include(@__MODULE__, value_of("replay"))

for (name, uuid) in values_of("package")
    id = isempty(uuid) ? Base.identify_package(name) : Base.PkgId(Base.UUID(uuid), name)
    id === nothing || Base.require(id)
end

# Common types, then what arguments of the statements at hand are: one of them is likely to fit.
const common_types = (Int64, Float64, String, Symbol, Expr, Bool, Char, Nothing, UInt8, Vector{Int64}, Vector{Any},
                      Tuple{Int64}, Dict{Symbol,Any}, IOBuffer, ErrorException, typeof(identity), Type{Int64}, Type{Union{}})

function pool_of(signatures)
    pool = collect(Any, common_types)
    seen = Set{Any}(pool)
    for signature in signatures, type in own_types_of(signature)
        is_call(Tuple{type}) && !(type in seen) && (push!(seen, type); push!(pool, type))
    end
    return pool
end

function own_types_of(signature)
    type = Base.unwrap_unionall(signature)
    return type isa DataType ? collect(Any, type.parameters) : Any[]
end

const most_candidates = 12
const most_calls = 400

# Concrete types that an argument of this type may have, the likeliest first.
function candidates(type, pool)
    type isa DataType && is_call(Tuple{type}) && return Any[type]
    type isa TypeVar && return candidates(type.ub, pool)
    found = Any[]
    # A kind is the type of types: its arguments dispatch on what they are.
    if type === DataType || type === UnionAll || type === Union || type === Core.TypeofBottom
        type === Core.TypeofBottom && return Any[Type{Union{}}]
        for each in pool
            length(found) < most_candidates || break
            each isa type && push!(found, Type{each})
        end
        type === UnionAll && push!(found, Type{Array}, Type{Vector})
        type === Union && push!(found, Type{Union{Int64,Nothing}})
        return found
    end
    for each in pool
        length(found) < most_candidates || break
        each <: type && push!(found, each)
    end
    return found
end

# A concrete call that Julia compiles the same method for, or nothing.
function witness(signature, pool)
    fixed, tail = split_tail(signature)
    method = try method_of(signature) catch; return nothing end
    lengths = tail === nothing ? (0:0) : (0:4)
    for count in lengths
        places = Any[candidates(type, pool) for type in fixed]
        append!(places, (candidates(tail, pool) for _ in 1:count))
        any(isempty, places) && continue
        for call in calls(places)
            is_call(call) || continue
            reached = try method_of(call) catch; continue end
            reached === method || continue
            instance = instance_for(call)
            instance === missing && return call
            instance isa Core.MethodInstance && instance.specTypes == signature && return call
        end
    end
    return nothing
end

# The types in front of an open tail, and the type that it repeats.
function split_tail(signature)
    types = own_types_of(signature)
    isempty(types) && return types, nothing
    last = types[end]
    isvararg(last) || return types, nothing
    return types[1:end-1], vararg_element(last)
end

isvararg(type) = VERSION >= v"1.7" ? typeof(type) === Core.TypeofVararg : type isa Type && type <: Vararg

vararg_element(type) = VERSION >= v"1.7" ? (isdefined(type, :T) ? type.T : Any) : Base.unwrap_unionall(type).parameters[1]

# Every combination, each place varied most where it is last, up to a limit. All places alike come first.
function calls(places)
    found = Any[]
    for index in 1:maximum(length, places)
        push!(found, Tuple{(place[min(index, length(place))] for place in places)...})
    end
    for combination in Iterators.take(Iterators.product(places...), most_calls)
        push!(found, Tuple{combination...})
    end
    return found
end

# Of a macro no statement tells what it was called with: `called` does.
function witnesses(signature, called, pool)
    wanted = calls_macro(signature) ? called : [signature]
    return filter(call -> call !== nothing, Any[witness(each, pool) for each in wanted])
end

# `statements`: a signature a line, all that are at hand; `wanted`: the numbers of those that need a witness; `called`: with
# the numbers of macros, what Julia would compile apart for their calls.
function find_witnesses(statements::String, wanted, called, found::String)
    signatures = [signature_of(text) for text in eachline(statements)]
    pool = pool_of(filter(signature -> signature isa Type, signatures))
    open(found, "w") do io
        for number in wanted
            signatures[number] isa Type || continue
            calls = [signature_of(text) for (other, text) in called if parse(Int, other) == number]
            for call in witnesses(signatures[number], filter(call -> call isa Type, calls), pool)
                print(io, number, '\t')
                ccall(:jl_static_show, Csize_t, (Ptr{Cvoid}, Any), io.ios, call)
                print(io, '\n')
            end
        end
    end
end

find_witnesses(value_of("statements"), [parse(Int, number) for (number,) in values_of("wanted")], values_of("called"),
               value_of("found"))

end
