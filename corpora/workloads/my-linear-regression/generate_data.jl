# Writes the data that `myscript.jl` reads:
#
#     julia generate_data.jl path [rows]
#
# The numbers come from a linear congruential generator with a fixed start and are
# rounded by `@sprintf`, so the file has the same bytes with every Julia.

using Dates, Printf

mutable struct Congruential
    state::UInt64
end

function uniform!(g::Congruential)
    g.state = 0x5851f42d4c957f2d * g.state + 0x14057b7ef767814f
    (g.state >> 11) / 2.0^53
end

"Nearly normal, and without a mathematical library: twelve uniform numbers less six."
normal!(g::Congruential) = sum(uniform!(g) for _ in 1:12) - 6

choose!(g::Congruential, items) = items[1 + floor(Int, uniform!(g) * length(items))]

quoted(text) = string('"', replace(text, '"' => "\"\""), '"')

const GROUPS = ["control", "treated", "treated, twice", "so-called \"placebo\""]

function generate_rows(io::IO, rows; missing_rate = 0.015)
    g = Congruential(0x2545f4914f6cdd1d)
    cell(x) = uniform!(g) < missing_rate ? "" : @sprintf("%.4f", x)
    println(io, "Id,Date,Group,X1,X2,Y1,Y2")
    for id in 1:rows
        date = Date(2015, 1, 1) + Day(floor(Int, 2000 * uniform!(g)))
        group = choose!(g, GROUPS)
        x1 = 10 + 2 * normal!(g)
        x2 = 50 * uniform!(g)
        y1 = 3 + 0.8 * x1 - 0.05 * x2 + 0.5 * normal!(g) + (group == "control" ? 0.0 : 1.2)
        y2 = -7 + 1.75 * x2 + 6 * normal!(g)
        println(io, join((id, date, quoted(group), cell(x1), cell(x2), cell(y1), cell(y2)), ','))
    end
end

"Writes beside `path` and renames, so that nobody ever reads half a file."
function generate_data(path; rows = 2000)
    folder = dirname(abspath(path))
    mkpath(folder)
    partial, io = mktemp(folder)
    generate_rows(io, rows)
    close(io)
    chmod(partial, 0o644)
    Base.Filesystem.rename(partial, path)
    path
end

if abspath(PROGRAM_FILE) == @__FILE__
    generate_data(ARGS[1]; rows = length(ARGS) > 1 ? parse(Int, ARGS[2]) : 2000)
end
