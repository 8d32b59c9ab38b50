"""
Linear regression by least squares on the columns of a CSV file.
"""
module MyLinearRegression

using Dates, LinearAlgebra, Printf, Statistics

export my_linear_regression, read_csv, describe, fit, LinearModel, Table

include("table.jl")
include("csv.jl")
include("distributions.jl")
include("model.jl")
include("report.jl")

"""
    my_linear_regression(csv, predictor, response; intercept = true, level = 0.95, io = stdout)

Reads the file `csv`, regresses the column `response` on `predictor` and prints the result.
Several predictors are joined with `+`, as in `"X1 + Group"`. Text is coded as one indicator
for each level after the first, dates as days since the earliest. Rows in which one of the
columns is missing are left out. Returns the model.
"""
function my_linear_regression(
    csv::AbstractString,
    predictor::AbstractString,
    response::AbstractString;
    intercept::Bool = true,
    level::Real = 0.95,
    io::IO = stdout,
)
    table = read_csv(csv)
    predictors = Symbol.(strip.(split(predictor, '+')))
    model = fit(LinearModel, table, predictors, Symbol(response); intercept = intercept)

    println(io, basename(csv), ": ", nrow(table), " rows")
    println(io)
    describe(io, table)
    println(io)
    report(io, model; level = level)
    model
end

end # module
