# Twelve lines that use the standard library; the statements that Julia compiles for them are mostly small.
using DelimitedFiles, Statistics, LinearAlgebra, Dates, Printf
data = [sin(i * j) / j for i in 1:50, j in 1:3]
path = joinpath(mktempdir(), "data.csv")
open(io -> writedlm(io, data, ','), path, "w")
table = readdlm(path, ',')
weights = table[:, 1:2] \ table[:, 1]
@printf("%.3f %.3f\n", sum(weights), mean(x -> x^2, table))
println(sum(x * x for x in 1:10)); foreach(println, sort(collect(keys(Dict(:a => 1, :b => 2)))))
println(Dates.format(DateTime(2020, 1, 2), "yyyy-mm"), " ", length(quantile(vec(table), [0.5])))
println(svd(table[1:3, :]).S[1:1] .> 0, " ", match(r"(\d+)", "a12").match, split("a,b", ","))
println((a = 1, b = 2.0), [(a = 1, b = 2.0)])
