# Prints to standard error how long a script takes in a Julia that has started, in milliseconds: loading its packages, the
# first call of everything, and the work itself. Arguments: the script, and its own.
let script = popfirst!(ARGS), started = time_ns()
    include(script)
    print(stderr, "ran ", (time_ns() - started) / 1e6)
end
