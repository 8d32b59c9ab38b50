# Loaded with `-L` into every traced Julia, and into one that Python embeds. When the process ends it writes down what the
# trace itself does not say: `key<TAB>value` lines into a `.record` beside its trace in PREIMAGE_TRACE_FOLDER. What Julia
# compiles for this file's own sake stands in the trace between `start_opens` and `start_closes`, and between `record` and
# `end_closes`, and is cut out there. Runs on Julia 1.3 and newer.
module PreimageRecorder

# A method whose result is constant is never traced, hence the counter.
@noinline start_opens(marks) = marks[] += 1
@noinline start_closes(marks) = marks[] += 1
@noinline end_closes(marks) = marks[] += 1

const marks = Ref(0)
start_opens(marks)

# Where this Julia looks for itself: workers, `Base.julia_cmd()` and what is built on it start the shim that stands there.
# What depends on the folder itself (sysimage, standard library, depots) was found before, and stays.
haskey(ENV, "PREIMAGE_JULIA_HOME") && Core.eval(Base.Sys, :(BINDIR = $(ENV["PREIMAGE_JULIA_HOME"])))

# A worker of `julia -p 2` is started before anybody could name its trace, and loads this file when it is connected; so
# does the Julia of a juliacall that knows no --trace-compile.
# Julia opens the trace with the first statement it writes.
function switch_on(path)
    field = Base.fieldindex(Base.JLOptions, :trace_compile)
    options = Ptr{UInt8}(cglobal(:jl_options))
    unsafe_store!(Ptr{Ptr{UInt8}}(options + fieldoffset(Base.JLOptions, field)), pointer(path))
    return path
end

function record()
    # The user's own --trace-compile, where the command names one, stands elsewhere.
    folder = ENV["PREIMAGE_TRACE_FOLDER"]
    stem = dirname(trace) == folder ? first(splitext(trace)) : joinpath(folder, string(getpid()))
    open(string(stem, ".record"), "w") do io
        options = Base.JLOptions()
        print(io, "version\t", VERSION, '\n')
        print(io, "commit\t", Base.GIT_VERSION_INFO.commit, '\n')
        print(io, "os\t", Sys.KERNEL, '\n')
        print(io, "arch\t", Sys.ARCH, '\n')
        print(io, "cpu\t", options.cpu_target == C_NULL ? Sys.CPU_NAME : unsafe_string(options.cpu_target), '\n')
        print(io, "sysimage\t", unsafe_string(options.image_file), '\n')
        print(io, "stdout\t", nameof(typeof(stdout)), '\n')
        project = Base.active_project()
        print(io, "project\t", project === nothing ? "" : project, '\n')
        print(io, "process\t", getpid(), '\n')
        print(io, "program\t", PROGRAM_FILE, '\n')
        for id in keys(Base.loaded_modules)
            print(io, "package\t", id.name, '\t', id.uuid === nothing ? "" : id.uuid, '\n')
        end
    end
    # Called without inference seeing it, so that it is compiled, and traced, by itself.
    Base.invokelatest(end_closes, marks)
end

const trace = Base.JLOptions().trace_compile == C_NULL ?
    joinpath(ENV["PREIMAGE_TRACE_FOLDER"], string(getpid(), Base.JLOptions().worker == 1 ? ".worker.jl" : ".python.jl")) :
    unsafe_string(Base.JLOptions().trace_compile)
atexit(record)
Base.JLOptions().trace_compile == C_NULL && switch_on(trace)
start_closes(marks)

end
