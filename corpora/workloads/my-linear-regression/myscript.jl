# julia --project=. myscript.jl predictor response [csv]
#
# For example: julia --project=. myscript.jl X2 Y2

using MyLinearRegression

length(ARGS) in 2:3 || error("usage: myscript.jl predictor response [csv]")

csv = length(ARGS) == 3 ? ARGS[3] : joinpath(@__DIR__, "data.csv")

if !isfile(csv)
    include("generate_data.jl")
    generate_data(csv)
end

my_linear_regression(csv, ARGS[1:2]...)
