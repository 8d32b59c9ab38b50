# Looks up portable names for what the compiler named. Arguments: a file with `module<TAB>name` lines, one to write
# `module<TAB>name<TAB>form<TAB>number<TAB>signature` lines to, each with the method that leads to it, and `renumbered`
# where another build may have given the numbers; what was not found has no line. The signatures are printed as `--trace-compile` prints them. Runs on Julia 1.3 and newer.
module PreimageNames

include(joinpath(@__DIR__, "reflection.jl"))

key(type::DataType) = (join(fullname(type.name.module), '.'), string(type.name.name))

function load(name)
    id = Base.identify_package(name)
    id === nothing && return
    try
        Base.require(id)
    catch error
        println(stderr, "package `", name, "` does not load: ", first(split(sprint(showerror, error), '\n')))
    end
end

# Every method of what is loaded, and those of the generators, which no module names.
function all_methods()
    tables = Set{Core.MethodTable}()
    seen = Set{Module}()
    for loaded in values(Base.loaded_modules)
        collect_tables!(tables, seen, loaded)
    end
    found = Method[]
    for table in tables
        Base.visit(method -> push!(found, method), table)
    end
    for method in filter(method -> isdefined(method, :generator), found)
        append!(found, methods(generator(method)))
    end
    return found
end

function collect_tables!(tables, seen, owner::Module)
    owner in seen && return
    push!(seen, owner)
    for name in names(owner; all = true)
        isdefined(owner, name) || continue
        value = getfield(owner, name)
        if value isa Module
            parentmodule(value) === owner && collect_tables!(tables, seen, value)
        elseif value isa Function
            push!(tables, typeof(value).name.mt)
        elseif value isa Type && Base.unwrap_unionall(value) isa DataType
            type = Base.unwrap_unionall(value)
            isdefined(type.name, :mt) && push!(tables, type.name.mt)
        end
    end
end

# (module, name) => (form, number, method) of all that methods of these modules lead to.
function leads(methods, homes)
    found = Dict{Tuple{String,String},Tuple{String,Int,Method}}()
    for method in methods
        home = join(fullname(method.module), '.')
        home in homes || continue
        for (number, type) in enumerate(closure_types(method))
            offer!(found, Base.unwrap_unionall(type), ("closure", number, method))
        end
        for value in made_for(method)
            value isa Function || continue
            body = try keyword_body(method) catch; nothing end
            body === value && offer!(found, typeof(body), ("keyword-body", 0, method))
        end
        isdefined(method, :generator) && offer!(found, typeof(generator(method)), ("generator", 0, method))
    end
    return found
end

# Only what the signature leads back to: a method that another one hides is not found by its types.
function offer!(found, type, lead)
    haskey(found, key(type)) && return
    reached = try method_of(lead[3].sig) catch; nothing end
    reached === lead[3] && (found[key(type)] = lead)
    return
end

function write_lead(io, (owner, name), (form, number, method))
    print(io, owner, '\t', name, '\t', form, '\t', number, '\t')
    ccall(:jl_static_show, Csize_t, (Ptr{Cvoid}, Any), io.ios, method.sig)
    print(io, '\n')
end

# The signature of a closure's own method names that closure's neighbours: they are looked up as well.
function made_types!(found, type)
    if type isa UnionAll
        made_types!(found, type.var.ub)
        made_types!(found, type.body)
    elseif type isa Union
        made_types!(found, type.a)
        made_types!(found, type.b)
    elseif type isa DataType
        startswith(string(type.name.name), '#') && push!(found, key(type))
        foreach(parameter -> made_types!(found, parameter), type.parameters)
    end
    return found
end

# The only one of this name but for its numbers. Names that are nothing but numbers tell nothing.
function renumbered(found, (owner, name))
    stem = replace(name, r"\d+" => "")
    occursin(r"\w", stem) || return nothing
    same = [lead for ((home, other), lead) in found if home == owner && replace(other, r"\d+" => "") == stem]
    return length(same) == 1 ? same[1] : nothing
end

function look_up(asked::String, answers::String, of_this_build::Bool)
    wanted = [Tuple(String.(split(line, '\t'))) for line in eachline(asked)]
    foreach(load, unique(String(first(split(owner, '.'))) for (owner, _) in wanted))
    methods = all_methods()
    homes = Set(first.(wanted))
    found = leads(methods, homes)
    done = Set{Tuple{String,String}}()
    open(answers, "w") do io
        while !isempty(wanted)
            name = pop!(wanted)
            name in done && continue
            push!(done, name)
            if !(first(name) in homes)
                push!(homes, first(name))
                found = leads(methods, homes)
            end
            lead = get(() -> of_this_build ? nothing : renumbered(found, name), found, name)
            lead === nothing && continue
            write_lead(io, name, lead)
            append!(wanted, made_types!(Tuple{String,String}[], lead[3].sig))
        end
    end
end

end

PreimageNames.look_up(ARGS[1], ARGS[2], !("renumbered" in ARGS))
