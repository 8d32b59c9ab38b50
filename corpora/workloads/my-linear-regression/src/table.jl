"""
Named columns of one length, each with its own element type.
"""
struct Table{C<:NamedTuple}
    columns::C

    function Table(columns::C) where {C<:NamedTuple}
        lengths = unique(map(length, collect(values(columns))))
        length(lengths) <= 1 || throw(DimensionMismatch("columns of lengths $(join(lengths, ", "))"))
        new{C}(columns)
    end
end

Table(names, columns) = Table(NamedTuple{Tuple(names)}(Tuple(columns)))

Base.names(table::Table) = keys(table.columns)
Base.getindex(table::Table, name::Symbol) = table.columns[name]
Base.getindex(table::Table, rows::AbstractVector) = Table(map(column -> column[rows], table.columns))
Base.pairs(table::Table) = pairs(table.columns)

nrow(table::Table) = isempty(table.columns) ? 0 : length(first(table.columns))

function Base.show(io::IO, table::Table)
    print(io, "Table of ", nrow(table), " rows: ", join(names(table), ", "))
end

"""
The columns `names` of `table`, without the rows in which one of them is missing.
"""
function complete(table::Table, names)
    for name in names
        name in Base.names(table) || throw(ArgumentError("there is no column $name in $table"))
    end
    columns = [table[name] for name in names]
    whole = findall(row -> !any(column -> ismissing(column[row]), columns), 1:nrow(table))
    Table(names, [disallow(column[whole]) for column in columns])
end

disallow(column::AbstractVector{Union{T,Missing}}) where {T} = convert(Vector{T}, column)
disallow(column::AbstractVector) = column
