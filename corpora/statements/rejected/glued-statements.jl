precompile(Tuple{typeof(Base.precompile(Tuple{typeof(Base.sleep), Int64})
precompile(Tuple{Int64})precompile(Tuple{String})
precompile(Tuple{Int64}) precompile(Tuple{String}) # twice
(@v1.10) pkg> activate --tempprecompile(Tuple{typeof(Base.something), Int64})
precompile(Tuple{Int64}); run(`touch owned`)
