precompile(Tuple{typeof(Main.g), Base.Val{#<intrinsic #2 add_int>}})
precompile(Tuple{Array{T, 1} where })
precompile(Tuple{Array{T, 1} where M.T})
precompile(Tuple{Array{T, 1} where A<:T<:B<:C})
precompile(Tuple{T,, S})
precompile(Tuple{Base.Val{(1,,2)}})
precompile(Tuple{Base.Val{(a=1, 2)}})
precompile(Tuple{Int64)}
