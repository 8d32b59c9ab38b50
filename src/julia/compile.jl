# What Julia makes of a signature, and what of that a sysimage keeps. Runs on Julia 1.3 and newer.

# A call whose types are known to the last.
is_call(signature) = signature isa DataType && Base.isdispatchtuple(signature)

calls_macro(signature) = is_macro(Base.unwrap_unionall(signature).parameters[1])
is_macro(type) = type isa DataType && startswith(string(type.name.name), "#@")

# The method instance that is compiled for a signature: Julia widens some types of a call. Nothing where there is none,
# `missing` where this Julia does not tell.
function instance_for(signature)
    if VERSION < v"1.6"
        least, most = Ref{UInt}(0), Ref{UInt}(0)
        found = ccall(:jl_get_spec_lambda, Any, (Any, UInt, Ref{UInt}, Ref{UInt}), signature, Base.get_world_counter(), least, most)
        return found isa Core.MethodInstance ? found : nothing
    end
    isdefined(Base, :method_instance) || return missing
    try
        found = Base.method_instance(signature)
        return found isa Core.MethodInstance ? found : nothing
    catch
        return missing
    end
end

# Whether a sysimage keeps native code for it. It does for every call. What is too abstract to be a call is inferred, and
# its code kept only where it cannot be inlined: so `precompile_enq_specialization_` of Julia 1.5's precompile.c, and the
# images baked with it. Newer Julias are not asked: there, code for what is no call counts as lost.
function keeps_code(signature)
    VERSION < v"1.6" || return is_call(signature)
    is_call(signature) && !calls_macro(signature) && return true
    instance = instance_for(signature)
    instance isa Core.MethodInstance || return false
    # Of a macro this is what makes the difference: Julia infers none by itself, and compiles what is not inferred once for
    # whatever it is called with, which no image keeps.
    code = Core.Compiler.typeinf_ext(instance, Base.get_world_counter())
    # What is pure is run, and so compiled, while its callers are inferred once more for the image.
    return code isa Core.CodeInfo && (!code.inlineable || code.pure)
end

# How many instructions Julia's own code for it has, once it is inferred: what its native code grows with. 0: not known.
function instructions(signature)
    VERSION < v"1.6" || return 0
    instance = instance_for(signature)
    instance isa Core.MethodInstance || return 0
    code = Core.Compiler.typeinf_ext(instance, Base.get_world_counter())
    return code isa Core.CodeInfo ? length(code.code) : 0
end

const refused = ("refused", "precompile gave false: no method takes these types, or they are too abstract to compile for")
const inferred = ("inferred", "a sysimage keeps what was inferred for such types, but no native code")

# `rehearsing`: what a sysimage would not keep is not compiled either, as the process would go on with it.
function compile(signature; rehearsing = false)
    try
        kept = keeps_code(signature)
        if rehearsing && !kept
            return instance_for(signature) === nothing ? refused : inferred
        end
        precompile(signature) || return refused
        return kept ? ("compiled", "") : inferred
    catch error
        return ("failed", oneline(sprint(showerror, error)))
    end
end
