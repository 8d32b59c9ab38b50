# Writes known bytes to its standard output and standard error, some of them not UTF-8 and
# some like precompile statements, and echoes its arguments and, when it is not a terminal,
# its standard input. A program around it must pass on all of them unchanged.

const NOT_UTF8 = UInt8[0xff, 0xfe, 0x00, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x80]

"Writes the lines as they are, the last one without a line end."
function emit(io::IO, lines...; separator::AbstractString = "\n")
    for (i, line) in enumerate(lines)
        i > 1 && write(io, separator)
        write(io, line)
    end
    flush(io)
end

const STATEMENT = "precompile(Tuple{typeof(Main.not_from_the_compiler), Int64})"

emit(stdout, "stdout: grüße", NOT_UTF8, STATEMENT, "")
emit(stderr, "stderr: grüße", NOT_UTF8, STATEMENT, ""; separator = "\r\n")

for (i, argument) in enumerate(ARGS)
    emit(stdout, string("argument ", i, ": ", argument), "")
end

if !(stdin isa Base.TTY)
    input = read(stdin)
    emit(stdout, string("input: ", length(input), " bytes"), input)
end

emit(stdout, "", "no line end at the end of stdout")
emit(stderr, "no line end at the end of stderr")
