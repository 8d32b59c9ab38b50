const Field = Union{Missing,String}

"""
    fields(text; delimiter = ',', quotation = '"')

The rows of a delimited text, each a vector of fields. A field in quotation marks may hold
delimiters, line ends and doubled quotation marks; an empty field without them is missing.
"""
function fields(text::AbstractString; delimiter::Char = ',', quotation::Char = '"')
    rows = Vector{Field}[]
    row = Field[]
    buffer = IOBuffer()
    inside = was_quoted = false

    finish_field!() = begin
        field = String(take!(buffer))
        push!(row, isempty(field) && !was_quoted ? missing : field)
        was_quoted = false
    end
    finish_row!() = begin
        finish_field!()
        push!(rows, row)
        row = Field[]
    end

    i = firstindex(text)
    while i <= lastindex(text)
        c = text[i]
        next = nextind(text, i)
        if inside
            if c == quotation && next <= lastindex(text) && text[next] == quotation
                print(buffer, quotation)
                next = nextind(text, next)
            elseif c == quotation
                inside = false
            else
                print(buffer, c)
            end
        elseif c == quotation
            inside = was_quoted = true
        elseif c == delimiter
            finish_field!()
        elseif c == '\n'
            finish_row!()
        elseif c != '\r'
            print(buffer, c)
        end
        i = next
    end
    inside && throw(ArgumentError("a quotation mark is not closed"))
    isempty(row) && position(buffer) == 0 && !was_quoted || finish_row!()
    rows
end

parses(::Type{T}) where {T} = field -> ismissing(field) || tryparse(T, field) !== nothing
parses(::Type{String}) = field -> true

parsed(::Type{T}, field) where {T} = parse(T, field)
parsed(::Type{String}, field) = field

"The first of `types` as which each of the fields can be read."
function detect(column; types = (Int, Float64, Date, Bool, String))
    all(ismissing, column) && return String
    types[findfirst(T -> all(parses(T), column), types)]
end

"The fields as a vector of `T`, or of `Union{T,Missing}` when some are missing."
function typed(::Type{T}, column) where {T}
    E = any(ismissing, column) ? Union{T,Missing} : T
    E[ismissing(field) ? missing : parsed(T, field) for field in column]
end

"""
    read_csv(path; header = true, options...)

The table in a CSV file. The type of each column is the narrowest that fits all its fields.
"""
function read_csv(path::AbstractString; header::Bool = true, options...)
    rows = fields(read(path, String); options...)
    isempty(rows) && throw(ArgumentError("$path is empty"))
    width = length(first(rows))
    names = header ? Symbol.(popfirst!(rows)) : [Symbol("Column", i) for i in 1:width]
    for (number, row) in enumerate(rows)
        length(row) == width || throw(ArgumentError("row $number has $(length(row)) fields, not $width"))
    end
    columns = map(1:width) do i
        column = getindex.(rows, i)
        typed(detect(column), column)
    end
    Table(names, columns)
end
