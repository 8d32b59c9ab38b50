# Prints the seconds that Meta.parse takes for the lines of a file. Arguments: the file.
function parse_all(lines)
    for line in lines
        Meta.parse(line; raise = false)
    end
end

lines = readlines(ARGS[1])
parse_all(lines[1:min(end, 100)])
println(@elapsed parse_all(lines))
