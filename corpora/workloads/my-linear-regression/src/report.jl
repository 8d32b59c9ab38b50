"""
    print_aligned(io, header, rows; left = (1,), gap = "  ")

Prints rows of text as a table; the columns in `left` are flush left, all others right.
"""
function print_aligned(io::IO, header, rows; left = (1,), gap = "  ")
    lines = [collect(String, header), (collect(String, row) for row in rows)...]
    widths = [maximum(textwidth(line[i]) for line in lines) for i in eachindex(header)]
    pad(i, text) = (blank = " "^(widths[i] - textwidth(text)); i in left ? text * blank : blank * text)
    for line in lines
        println(io, rstrip(join((pad(i, text) for (i, text) in enumerate(line)), gap)))
    end
end

type_name(::Type{Union{T,Missing}}) where {T} = string(nameof(T), "?")
type_name(::Type{T}) where {T} = string(nameof(T))

summarize(column::AbstractVector{<:Real}) =
    @sprintf("mean %.4g, from %.4g to %.4g", mean(column), extrema(column)...)

function summarize(column::AbstractVector{<:Dates.TimeType})
    first, last = extrema(column)
    string("from ", Dates.format(first, "d u yyyy"), " to ", Dates.format(last, "d u yyyy"))
end

function summarize(column::AbstractVector{<:AbstractString}; most = 3)
    counts = Dict{String,Int}()
    foreach(text -> counts[text] = get(counts, text, 0) + 1, column)
    ranked = sort!(collect(counts); by = pair -> (-pair.second, pair.first))
    shown = (string(text, " (", count, ")") for (text, count) in Iterators.take(ranked, most))
    string(length(ranked), " levels: ", join(shown, "; "), length(ranked) > most ? "; …" : "")
end

"""
    describe([io], table)

Prints one line about each column of `table`.
"""
function describe(io::IO, table::Table)
    rows = map(collect(pairs(table))) do (name, column)
        present = collect(skipmissing(column))
        summary = isempty(present) ? "" : summarize(present)
        (string(name), type_name(eltype(column)), string(count(ismissing, column)), summary)
    end
    print_aligned(io, ("Column", "Type", "Missing", "Summary"), rows; left = (1, 2, 4))
end

describe(table::Table) = describe(stdout, table)

stars(p) = ("***", "**", "*", ".", "")[something(findfirst(limit -> p < limit, (0.001, 0.01, 0.05, 0.1)), 5)]

p_text(p; digits = 4) = p < 2e-16 ? "< 2e-16" : p < 1e-4 ? @sprintf("%.1e", p) : string(round(p; digits = digits))

function formula(model::LinearModel)
    right = filter(!=(model.response), collect(names(model.data)))
    string(model.response, " ~ ", join([string(Int(model.intercept)); string.(right)], " + "))
end

"""
    report([io], model; level = 0.95)

Prints the table of coefficients and how well the model fits.
"""
function report(io::IO, model::LinearModel; level::Real = 0.95)
    printstyled(io, "Linear regression: ", formula(model), '\n'; bold = true)
    println(io, "fitted to ", length(model.residuals), " rows, ", model.omitted, " with missing values omitted")
    println(io)

    minimum, q1, median, q3, maximum = quantile(model.residuals, 0:0.25:1)
    quartiles = (min = minimum, q1 = q1, median = median, q3 = q3, max = maximum)
    println(io, "Residuals: ", join((@sprintf("%s %.3f", name, value) for (name, value) in pairs(quartiles)), ", "))
    println(io)

    percent = @sprintf("%g%%", 100 * level)
    header = ("", "Estimate", "Std. error", "t value", "Pr(>|t|)", "", "$percent from", "to")
    rows = [
        (
            row.label,
            @sprintf("%.5f", row.estimate),
            @sprintf("%.5f", row.error),
            @sprintf("%.3f", row.t),
            p_text(row.p),
            stars(row.p),
            (@sprintf("%.4f", bound) for bound in row.interval)...,
        ) for row in coefficient_rows(model; level = level)
    ]
    print_aligned(io, header, rows; left = (1, 6))
    println(io)

    @printf(io, "Residual standard error %.4f on %d degrees of freedom\n", residual_error(model), freedom(model))
    @printf(io, "R² %.4f, adjusted %.4f\n", r²(model), adjusted_r²(model))
    f, distribution = f_statistic(model)
    @printf(io, "F %.2f on %d and %d degrees of freedom", f, distribution.numerator, distribution.denominator)
    println(io, ", p ", p_text(upper_tail(distribution, f)))
end

report(model::LinearModel; options...) = report(stdout, model; options...)
