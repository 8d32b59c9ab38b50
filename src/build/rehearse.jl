# Loaded with `-L` behind the recorder: replays a list in an ordinary Julia, then lets Julia go on to the workload. What
# is compiled behind `workload_begins` in the trace, a bake of the list would leave to be compiled; the other marks part
# what Julia compiles to start, and to load packages, from what is this file's own. PREIMAGE_REHEARSAL names a plan, lines
# of `key<TAB>value…`. Runs on Julia 1.3 and newer.
module PreimageRehearsal

# When the workload has ended, a second file tells what code is no longer valid, and a third what macros were called with.
# A method whose result is constant is never traced, hence the counter.
@noinline rehearsal_begins(marks) = marks[] += 1
@noinline loading_begins(marks) = marks[] += 1
@noinline replay_begins(marks) = marks[] += 1
@noinline workload_begins(marks) = marks[] += 1
@noinline checking_begins(marks) = marks[] += 1
@noinline checking_ends(marks) = marks[] += 1

const marks = Ref(0)
rehearsal_begins(marks)

const plan = [split(line, '\t') for line in eachline(ENV["PREIMAGE_REHEARSAL"])]
values_of(key) = [String.(entry[2:end]) for entry in plan if entry[1] == key]
value_of(key) = values_of(key)[1][1]

Base.include(@__MODULE__, value_of("replay"))

loading_begins(marks)

for (name, uuid) in values_of("package")
    id = isempty(uuid) ? Base.identify_package(name) : Base.PkgId(Base.UUID(uuid), name)
    id === nothing && error("package `$name` is not in the project")
    Base.require(id)
end

replay_begins(marks)

for (definitions,) in values_of("definitions")
    Base.include(Main, definitions)
end

# The method instances of what was compiled, by number, with how often their code had been invalid by then.
const compiled = Tuple{Int,Core.MethodInstance,Int}[]

function times_invalid(instance)
    count = 0
    isdefined(instance, :cache) || return count
    code = instance.cache
    while true
        # `-1 % UInt`: valid for good.
        code.max_world == typemax(UInt) || (count += 1)
        isdefined(code, :next) || return count
        code = code.next
    end
end

# `number<TAB>times before the workload<TAB>times behind it`, of what a method defined since has made invalid.
function report_invalid(path::String)
    open(path, "w") do io
        for (number, instance, before) in compiled
            after = times_invalid(instance)
            after == 0 || print(io, number, '\t', before, '\t', after, '\n')
        end
    end
end

# By number, the macros of which statements name no call: what is not inferred is compiled once for all calls.
const open_macros = Tuple{Int,Method}[]

# `number<TAB>signature` of what Julia would compile apart, were it inferred.
function report_calls(path::String)
    open(path, "w") do io
        for (number, method) in open_macros, instance in specializations_of(method)
            isdefined(instance, :cache) && continue
            print(io, number, '\t')
            ccall(:jl_static_show, Csize_t, (Ptr{Cvoid}, Any), io.ios, instance.specTypes)
            print(io, '\n')
        end
    end
end

function specializations_of(method)
    found = Core.MethodInstance[]
    VERSION >= v"1.5" && VERSION < v"1.6" || return found
    for index in 1:length(method.specializations)
        isassigned(method.specializations, index) && push!(found, method.specializations[index])
    end
    return found
end

# `number<TAB>verdict<TAB>reason<TAB>milliseconds<TAB>instructions`, flushed as it goes: the first without a line killed
# the process.
function rehearse(statements::String, verdicts::String)
    open(verdicts, "w") do io
        for (number, text) in enumerate(eachline(statements))
            signature = signature_of(text)
            started = time_ns()
            verdict, reason = signature isa Type ? compile(signature; rehearsing = true) : signature
            elapsed = (time_ns() - started) / 1e6
            size = verdict == "compiled" ? instructions(signature) : 0
            instance = verdict == "compiled" ? instance_for(signature) : nothing
            instance isa Core.MethodInstance && push!(compiled, (number, instance, times_invalid(instance)))
            if signature isa Type && calls_macro(signature) && !is_call(signature)
                method = try method_of(signature) catch; nothing end
                method === nothing || push!(open_macros, (number, method))
            end
            print(io, number, '\t', verdict, '\t', reason, '\t', elapsed, '\t', size, '\n')
            flush(io)
        end
    end
end

rehearse(value_of("statements"), value_of("verdicts"))
# Once in front of the workload, so that nothing is left to be compiled for it.
report_invalid(value_of("invalid"))
report_calls(value_of("called"))
atexit() do
    Base.invokelatest(checking_begins, marks)
    report_invalid(value_of("invalid"))
    report_calls(value_of("called"))
    Base.invokelatest(checking_ends, marks)
end
Base.invokelatest(workload_begins, marks)

end
