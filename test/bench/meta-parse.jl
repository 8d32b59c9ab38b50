# Prints the CPU seconds that Meta.parse takes for the lines of a file. Arguments: the file.
function parse_all(lines)
    for line in lines
        Meta.parse(line; raise = false)
    end
end

cpu_seconds() = ccall(:clock, Clong, ()) / 1e6

lines = readlines(ARGS[1])
parse_all(lines[1:min(end, 100)])
before = cpu_seconds()
parse_all(lines)
println(cpu_seconds() - before)
