# What a Julia says of itself: one `key<TAB>value` line each. Runs on Julia 1.3 and newer.
using Libdl

function say(key, value)
    println(key, '\t', value)
end

say("version", VERSION)
say("commit", Base.GIT_VERSION_INFO.commit)
say("bindir", Sys.BINDIR)
say("stdlib", Sys.STDLIB)
say("sysimage", unsafe_string(Base.JLOptions().image_file))
say("libjulia", Libdl.dlpath(ccall(:jl_is_debugbuild, Cint, ()) != 0 ? "libjulia-debug" : "libjulia"))
VERSION >= v"1.6" && say("libjulia-internal", Libdl.dlpath(ccall(:jl_is_debugbuild, Cint, ()) != 0 ? "libjulia-internal-debug" : "libjulia-internal"))
say("debug", ccall(:jl_is_debugbuild, Cint, ()) != 0)
say("os", Sys.KERNEL)
say("arch", Sys.ARCH)
say("cpu", Sys.CPU_NAME)
say("depot", isempty(DEPOT_PATH) ? "" : first(DEPOT_PATH))
