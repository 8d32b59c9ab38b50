# Nothing to compile.
nothing
