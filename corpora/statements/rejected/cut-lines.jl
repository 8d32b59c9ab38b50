precompile(Tuple{typeof(Base.println), Base.IOStream, Array{Flo
precompile(
precompile(Tuple{typeof(Base.isempty), Base.AnnotatedString{String}}
mpile(Tuple{typeof(Base.print), Array{Base.SubString{String}, 1}})
, Any})
precompile(Tuple{typeof(Base.f), Base.Val{Symbol("a
