reading params
println("precompile(Tuple{Int64})")
precompile
@assert precompile(Tuple{Int64})
precompile (Tuple{Int64})
