precompile(fbody, (Function,typeof(all),Function,Vector{String},))
