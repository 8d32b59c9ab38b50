# Puts PyCall into the active project: `pycall.jl [PYTHON]`. With a Python it is built for that one; without, it is left as
# it is where it is installed, and built for the Python that it finds where it is new. Runs on Julia 1.3 and newer.
import Pkg

isempty(ARGS) || (ENV["PYTHON"] = ARGS[1])
try
    Pkg.add("PyCall")
    isempty(ARGS) || Pkg.build("PyCall")
catch error
    showerror(stderr, error)
    println(stderr)
    exit(1)
end
