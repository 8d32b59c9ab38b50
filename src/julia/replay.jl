# Evaluates the signatures of a statement file and precompiles them, with a verdict for each. Included into a module of
# its own, so that nothing here renumbers a closure of Main. Runs on Julia 1.3 and newer.
#
# A signature is never `eval`ed: `evaluate` walks the parsed expression and knows type application, names, value
# literals and the calls of `call`. Whatever else a file may hold, no code of it can run.

Base.include(@__MODULE__, joinpath(@__DIR__, "reflection.jl"))
Base.include(@__MODULE__, joinpath(@__DIR__, "compile.jl"))

struct Unresolved <: Exception
    reason::String
end

# How the modules that a statement names are found: several loaded packages may share a name.
function modules_named(name::Symbol)
    name === :Main && return Module[Main]
    name === :Core && return Module[Core]
    name === :Base && return Module[Base]
    found = Module[loaded for (id, loaded) in Base.loaded_modules if id.name == string(name)]
    isempty(found) || return found
    id = Base.identify_package(string(name))
    id === nothing && return Module[]
    Base.require(id)
    return haskey(Base.loaded_modules, id) ? Module[Base.loaded_modules[id]] : Module[]
end

function named(name::Symbol, variables)
    for variable in Iterators.reverse(variables)
        variable.name === name && return variable
    end
    # The emitter leaves out the module for what Core exports, and only for that.
    for home in (Core, Base)
        isdefined(home, name) && !(getfield(home, name) isa Module) && return getfield(home, name)
    end
    found = modules_named(name)
    isempty(found) && throw(Unresolved("no module or type `$name` is loaded"))
    return first(found)
end

function member(owner, name::Symbol, variables)
    homes = owner isa Symbol ? modules_named(owner) : (evaluate(owner, variables),)
    isempty(homes) && throw(Unresolved("no module `$owner` is loaded"))
    for home in homes
        home isa Module && isdefined(home, name) && return getfield(home, name)
    end
    first(homes) isa Module || throw(Unresolved("`$owner` is not a module"))
    first(homes) === Main && throw(Unresolved("`$name` belongs to the script, and Main is empty here"))
    throw(Unresolved("module `$(first(homes))` has no `$name`"))
end

function variable_of(bound, variables)
    bound isa Symbol && return TypeVar(bound)
    if bound isa Expr && bound.head === :<: && length(bound.args) == 2
        return TypeVar(bound.args[1], evaluate(bound.args[2], variables))
    elseif bound isa Expr && bound.head === :>: && length(bound.args) == 2
        return TypeVar(bound.args[1], evaluate(bound.args[2], variables), Any)
    elseif bound isa Expr && bound.head === :comparison && length(bound.args) == 5
        return TypeVar(bound.args[3], evaluate(bound.args[1], variables), evaluate(bound.args[5], variables))
    end
    throw(Unresolved("a bound that is not understood"))
end

const number_types = (:Int8, :Int16, :Int32, :Int64, :Int128, :UInt8, :UInt16, :UInt32, :UInt64, :UInt128,
                      :Float16, :Float32, :Float64)

# Only in front of these is a sign no part of the literal.
const infinities = (:Inf, :Inf16, :Inf32, :NaN, :NaN16, :NaN32)

# The value of a plain struct, immutable and without references, whose fields hold these values. No constructor runs,
# so what one would have refused or changed is built all the same: the fields must be the type's own, by name and type.
function struct_value(target, fields::NamedTuple)
    target isa DataType && isbitstype(target) && !isempty(fields) && fieldnames(target) == keys(fields) ||
        throw(Unresolved("`$target` is no plain struct with the fields `$(join(keys(fields), "`, `"))`"))
    values = Any[field_value(fieldtype(target, index), fields[index]) for index in 1:length(fields)]
    return ccall(:jl_new_structv, Any, (Any, Ptr{Any}, UInt32), target, values, length(values))
end

# Older Julias print `2.0` and `Int32(2)` as `2`: the field's type says which it was.
function field_value(type, value)
    value isa type && return value
    if type isa DataType && any(name -> type === getfield(Core, name), number_types) && value isa Union{Int64, Float64}
        try
            number = type(value)
            number == value && return number
        catch
        end
    end
    throw(Unresolved("`$value` is no `$type`, which its field needs"))
end

function call(callee, arguments, variables)
    if callee === :typeof && length(arguments) == 1
        return typeof(evaluate(arguments[1], variables))
    elseif callee === :Symbol && length(arguments) == 1 && arguments[1] isa String
        return Symbol(arguments[1])
    elseif callee === :getfield && length(arguments) == 2
        name = evaluate(arguments[2], variables)
        owner = evaluate(arguments[1], variables)
        owner isa Method && name === :generator && isdefined(owner, :generator) && return owner.generator
        owner isa Core.GeneratedFunctionStub && name === :gen && return owner.gen
        name === :instance && owner isa DataType && isdefined(owner, :instance) && return owner.instance
        return member(arguments[1], name, variables)
    elseif callee === :reinterpret && length(arguments) == 2
        target, bits = evaluate(arguments[1], variables), evaluate(arguments[2], variables)
        bits isa NamedTuple && return struct_value(target, bits)
        target isa DataType && isprimitivetype(target) && bits isa Unsigned && return reinterpret(target, bits)
        throw(Unresolved("bits for what is no primitive type"))
    elseif callee === :- && length(arguments) == 1 && arguments[1] in infinities
        return -getfield(Base, arguments[1])
    elseif callee isa Symbol && callee in number_types && length(arguments) == 1 && arguments[1] isa Real
        return getfield(Core, callee)(arguments[1])
    elseif callee == :(Core.kwftype) && length(arguments) == 1
        # From Julia 1.9 on this gives the type of Core.kwcall.
        return Core.kwftype(evaluate(arguments[1], variables))
    elseif callee === :which && length(arguments) == 1
        return looked_up(method_of, evaluate(arguments[1], variables))
    elseif callee == :(Base.bodyfunction) && length(arguments) == 1
        return looked_up(keyword_body, evaluate(arguments[1], variables))
    elseif callee === :closuretype && length(arguments) == 2 && arguments[2] isa Int
        types = looked_up(closure_types, evaluate(arguments[1], variables))
        1 <= arguments[2] <= length(types) && return types[arguments[2]]
        throw(Unresolved("the method has $(length(types)) closures, and number $(arguments[2]) is asked for"))
    end
    throw(Unresolved("a call of `$callee` is not part of a signature"))
end

function looked_up(find, from)
    try
        return find(from)
    catch error
        throw(Unresolved(oneline(sprint(showerror, error))))
    end
end

evaluate(literal, variables) = literal
evaluate(quoted::QuoteNode, variables) = quoted.value
evaluate(name::Symbol, variables) = named(name, variables)

function evaluate(expression::Expr, variables)
    head, parts = expression.head, expression.args
    if head === :curly
        return Core.apply_type((evaluate(part, variables) for part in parts)...)
    elseif head === :. && length(parts) == 2 && parts[2] isa QuoteNode
        return member(parts[1], parts[2].value, variables)
    elseif head === :where && length(parts) == 2
        variable = variable_of(parts[2], variables)
        return UnionAll(variable, evaluate(parts[1], vcat(variables, variable)))
    elseif head === :tuple && all(part -> part isa Expr && part.head === :(=), parts) && !isempty(parts)
        return (; (part.args[1] => evaluate(part.args[2], variables) for part in parts)...)
    elseif head === :tuple
        return ((evaluate(part, variables) for part in parts)...,)
    elseif head === :macrocall && parts[1] == GlobalRef(Core, Symbol("@uint128_str")) && parts[3] isa String
        # What Julia's parser makes of more than sixteen hexadecimal digits; no text of ours has a macro.
        return parse(UInt128, parts[3])
    elseif head === :call
        return call(parts[1], parts[2:end], variables)
    end
    throw(Unresolved("`$expression` is not part of a signature"))
end

oneline(text) = replace(first(split(text, '\n')), '\t' => ' ')

# The type that a text names; where it names none, the verdict and the reason.
function signature_of(text::String)
    expression = Meta.parse(text; raise = false)
    try
        signature = evaluate(expression, TypeVar[])
        signature isa Type && signature <: Tuple || throw(Unresolved("not a Tuple type"))
        return signature
    catch error
        error isa Unresolved && return ("unresolved", oneline(error.reason))
        return ("failed", oneline(sprint(showerror, error)))
    end
end

# The verdict on one signature, with its reason: compiled, inferred, refused, unresolved or failed.
function attempt(text::String)
    signature = signature_of(text)
    return signature isa Type ? compile(signature) : signature
end

# `statements`: a signature a line. `verdicts`: a line each, `number<TAB>verdict<TAB>reason`, flushed as it goes.
replay(statements::String, verdicts::String) = open(io -> replay(statements, io), verdicts, "w")

function replay(statements::String, verdicts::IO)
    for (number, text) in enumerate(eachline(statements))
        # Called in the newest world: what the statement before has loaded is seen, also by Julia 1.12.
        verdict, reason = Base.invokelatest(attempt, text)
        print(verdicts, number, '\t', verdict, '\t', reason, '\n')
        flush(verdicts)
    end
end
