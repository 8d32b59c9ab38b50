# Loaded with `-L` into every traced Julia. When the process ends it writes down what the trace itself does not say:
# `key<TAB>value` lines into PREIMAGE_TRACE_FOLDER/<pid>.record. What Julia compiles for this file's own sake stands in
# the trace between `start_opens` and `start_closes`, and between `record` and `end_closes`, and is cut out there.
# Runs on Julia 1.3 and newer.
module PreimageRecorder

# A method whose result is constant is never traced, hence the counter.
@noinline start_opens(marks) = marks[] += 1
@noinline start_closes(marks) = marks[] += 1
@noinline end_closes(marks) = marks[] += 1

const marks = Ref(0)
start_opens(marks)

function record()
    open(joinpath(ENV["PREIMAGE_TRACE_FOLDER"], string(getpid(), ".record")), "w") do io
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
        for id in keys(Base.loaded_modules)
            print(io, "package\t", id.name, '\t', id.uuid === nothing ? "" : id.uuid, '\n')
        end
    end
    # Called without inference seeing it, so that it is compiled, and traced, by itself.
    Base.invokelatest(end_closes, marks)
end

atexit(record)
start_closes(marks)

end
