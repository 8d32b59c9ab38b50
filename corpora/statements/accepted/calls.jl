precompile(Tuple{typeof(Base.println), String})
  Base.precompile(Tuple{Type{Base.Dict{Symbol,Any}}})   # time: 0.0042
precompile(Tuple{typeof(===), Any, Any})
precompile(Tuple{typeof(Base.:(var"==")), Bool, Bool})
precompile(Tuple{typeof(Base.eltype), Type{ColorTypes.Colorant{T, N}}} where N where T)
precompile(Tuple{})
