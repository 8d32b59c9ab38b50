# Makes the package in the folder ARGS[1] a dependency of the active project. Runs on Julia 1.3 and newer.
import Pkg
Pkg.develop(Pkg.PackageSpec(path = ARGS[1]))
