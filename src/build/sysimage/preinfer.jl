# Infers, in front of emission, what emission would infer. Emitting on Julia 1.3 to 1.5 infers once more what has no
# inferred code in the cache; inference runs calls of `@pure` functions; what runs is compiled, and the compiler aborts
# where the emitter holds the symbol of a library: `Symbol "ccalllib_…" not found`. Any package that calls a library by
# name can meet this. Included beside replay.jl.

# Every method that a module, or a method table that it leads to, holds, each once.
function each_method(take)
    modules, tables, methods = IdDict{Module, Bool}(), IdDict{Any, Bool}(), IdDict{Method, Bool}()
    function visit_table(table)
        haskey(tables, table) && return
        tables[table] = true
        Base.visit(table) do method
            method isa Method && !haskey(methods, method) || return
            methods[method] = true
            take(method)
        end
    end
    function visit_value(value)
        type = value isa Type ? Base.unwrap_unionall(value) : typeof(value)
        type isa DataType && isdefined(type.name, :mt) && visit_table(type.name.mt)
    end
    function visit_module(owner)
        haskey(modules, owner) && return
        modules[owner] = true
        for name in names(owner; all = true, imported = true)
            isdefined(owner, name) && !Base.isdeprecated(owner, name) || continue
            value = getfield(owner, name)
            value isa Module ? visit_module(value) : visit_value(value)
        end
    end
    foreach(visit_module, (Core, Base, Main, Base.loaded_modules_array()...))
    visit_value(Type)
end

function each_instance(take)
    each_method() do method
        isdefined(method, :specializations) || return
        instances = method.specializations
        if instances isa Core.SimpleVector
            for index in 1:length(instances)
                isassigned(instances, index) && instances[index] isa Core.MethodInstance && take(instances[index])
            end
        elseif instances !== nothing
            Base.visit(instance -> instance isa Core.MethodInstance && take(instance), instances)
        end
    end
end

is_compileable(instance) = ccall(:jl_isa_compileable_sig, Int32, (Any, Any), instance.specTypes, instance.def) != 0
has_code(instance) = isdefined(instance, :cache) && instance.cache.invoke != C_NULL
is_inferred(instance) = isdefined(instance, :cache) && isdefined(instance.cache, :inferred) && instance.cache.inferred !== nothing

# The world that the compiler itself lives in.
function compiler_world()
    newest = Ref(UInt(0))
    each_method(method -> method.module === Core.Compiler && (newest[] = max(newest[], method.primary_world)))
    return newest[]
end

function infer_all(instances, world)
    count = 0
    for instance in instances
        try
            Core.Compiler.typeinf_ext(instance, world)
            count += 1
        catch
        end
    end
    return count
end

# `statements`: a signature a line. Says on standard error what it did.
function preinfer(statements)
    wide, missed = Core.MethodInstance[], Core.MethodInstance[]
    each_instance() do instance
        if is_compileable(instance)
            is_inferred(instance) || push!(missed, instance)
        else
            has_code(instance) && push!(wide, instance)
        end
    end
    for instance in wide
        try
            precompile(instance.specTypes)
        catch
        end
    end
    inferred = infer_all(missed, Base.get_world_counter()) + infer_all(missed, compiler_world())
    # What inference asks of a type while it runs `@pure` calls.
    for text in eachline(statements)
        signature = signature_of(text)
        signature isa Type && foreach(ask_layout, Base.unwrap_unionall(signature).parameters)
    end
    println(stderr, "inferred in front of emission: ", length(wide), " too wide to compile, ", inferred, " without inferred code")
    # What follows may end this process before it has written what it said.
    flush(stderr)
end

function ask_layout(type)
    type isa Type || return
    try
        Base.allocatedinline(type)
    catch
    end
    type isa DataType && foreach(ask_layout, type.parameters)
    return
end
