precompile(fbody, (Function,typeof(all),Function,Vector{String},))
precompile(Tuple{typeof(which(StaticArrays.combine_sizes,(Tuple{Vararg{Size, N} where N},)).generator.gen),Any,Any})
