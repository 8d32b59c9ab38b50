"""
Shapes in the plane and regular bodies, with their measures.
"""
module Shapes

using LinearAlgebra, Printf

export Shape, Circle, Ellipse, Rectangle, Polygon, Regular, Point, Drawing, Tiling
export area, perimeter, vertices, scale, mirror, sides, measure, unit, overlaps, @shape

const Point{T} = NTuple{2,T}

abstract type Shape{T<:Real} end
abstract type Round{T<:Real} <: Shape{T} end
abstract type Angular{T<:Real} <: Shape{T} end

struct Circle{T<:Real} <: Round{T}
    center::Point{T}
    radius::T
end

struct Ellipse{T<:Real} <: Round{T}
    center::Point{T}
    axes::Tuple{T,T}
end

struct Rectangle{T<:Real} <: Angular{T}
    corner::Point{T}
    width::T
    height::T
end

"A polygon of `N` vertices, in order."
struct Polygon{N,T<:Real} <: Angular{T}
    points::NTuple{N,Point{T}}
end

"A regular polygon; the number of its sides is part of its type."
struct Regular{N,T<:Real} <: Angular{T}
    center::Point{T}
    radius::T
end

Circle(; center = (0.0, 0.0), radius = 1.0) = Circle(promote_point(center, radius)...)
Ellipse(; center = (0.0, 0.0), axes = (2.0, 1.0)) = Ellipse(float.(center), float.(axes))
Rectangle(; corner = (0.0, 0.0), width = 1.0, height = width) = Rectangle(promote_point(corner, width, height)...)
Polygon(points::Vararg{Point{T},N}) where {N,T} = Polygon{N,T}(points)
Regular(sides::Integer; options...) = Regular(Val(Int(sides)); options...)

function Regular(::Val{N}; center = (0.0, 0.0), radius = 1.0) where {N}
    N >= 3 || throw(ArgumentError("a polygon has three sides or more, not $N"))
    point, r = promote_point(center, radius)
    Regular{N,typeof(r)}(point, r)
end

function promote_point(point, lengths...)
    x, y = point
    numbers = promote(x, y, lengths...)
    (numbers[1:2], numbers[3:end]...)
end

sides(::Type{<:Round}) = 0
sides(::Type{<:Rectangle}) = 4
sides(::Type{<:Polygon{N}}) where {N} = N
sides(::Type{<:Regular{N}}) where {N} = N
sides(shape::Shape) = sides(typeof(shape))

vertices(p::Polygon) = p.points
vertices(r::Regular{N}) where {N} = ntuple(k -> r.center .+ r.radius .* (cospi(2k / N), sinpi(2k / N)), Val(N))

function vertices(r::Rectangle)
    x, y = r.corner
    ((x, y), (x + r.width, y), (x + r.width, y + r.height), (x, y + r.height))
end

function edges(shape::Angular)
    points = vertices(shape)
    zip(points, (Base.tail(points)..., first(points)))
end

cross((x1, y1), (x2, y2)) = x1 * y2 - x2 * y1

area(c::Circle) = π * c.radius^2
area(e::Ellipse) = π * prod(e.axes)
area(r::Rectangle) = r.width * r.height
area(shape::Angular) = abs(sum(cross(a, b) for (a, b) in edges(shape))) / 2

perimeter(c::Circle) = 2π * c.radius
perimeter(shape::Angular) = sum(norm(b .- a) for (a, b) in edges(shape))

"Ramanujan's second approximation."
function perimeter(e::Ellipse)
    a, b = e.axes
    h = ((a - b) / (a + b))^2
    π * (a + b) * (1 + 3h / (10 + sqrt(4 - 3h)))
end

"A measure by its name: `measure(Val(:area), shape)`, or several with `measure((:area, :sides), shape)`."
measure(::Val{:area}, shape::Shape) = area(shape)
measure(::Val{:perimeter}, shape::Shape) = perimeter(shape)
measure(::Val{:sides}, shape::Shape) = sides(shape)
measure(name::Symbol, shape::Shape; options...) = measure(Val(name), shape; options...)
measure(names::NTuple{N,Symbol}, shape::Shape) where {N} = NamedTuple{names}(map(name -> measure(name, shape), names))

function measure(::Val{:compactness}, shape::Shape; digits::Integer = 3)
    round(4π * area(shape) / perimeter(shape)^2; digits = digits)
end

unit(::Val{:area}, ::Val{D} = Val(2)) where {D} = string("m^", D)
unit(::Val{:perimeter}) = "m"
unit(::Val) = ""

scale(c::Circle, factor) = Circle(; center = c.center, radius = c.radius * factor)
scale(e::Ellipse, factor) = Ellipse(; center = e.center, axes = e.axes .* factor)
scale(r::Rectangle, factor) = Rectangle(; corner = r.corner, width = r.width * factor, height = r.height * factor)
scale(p::Polygon, factor) = Polygon(map(point -> point .* factor, p.points)...)
scale(r::Regular{N}, factor) where {N} = Regular(Val(N); center = r.center, radius = r.radius * factor)

flip((x, y), ::Val{'x'}) = (x, -y)
flip((x, y), ::Val{'y'}) = (-x, y)

"The shape on the other side of the axis `Val('x')` or `Val('y')`."
mirror(c::Circle, axis::Val) = Circle(flip(c.center, axis), c.radius)
mirror(e::Ellipse, axis::Val) = Ellipse(flip(e.center, axis), e.axes)
mirror(shape::Angular, axis::Val) = Polygon(map(point -> flip(point, axis), vertices(shape))...)

box(c::Circle) = (c.center .- c.radius, c.center .+ c.radius)
box(e::Ellipse) = (e.center .- e.axes, e.center .+ e.axes)

function box(shape::Angular)
    points = vertices(shape)
    (reduce((a, b) -> min.(a, b), points), reduce((a, b) -> max.(a, b), points))
end

overlaps(a::Circle, b::Circle) = norm(a.center .- b.center) <= a.radius + b.radius
overlaps(a::Circle, b::Rectangle) = norm(a.center .- clamp.(a.center, box(b)...)) <= a.radius
overlaps(a::Rectangle, b::Circle) = overlaps(b, a)

"By their bounding boxes, when nothing better is known."
function overlaps(a::Shape, b::Shape)
    (low, high), (low′, high′) = box(a), box(b)
    all(low .<= high′) && all(low′ .<= high)
end

Base.:(==)(a::S, b::S) where {S<:Shape} = all(name -> getfield(a, name) == getfield(b, name), fieldnames(S))
Base.isapprox(a::Shape, b::Shape; options...) = isapprox(area(a), area(b); options...)
Base.isless(a::Shape, b::Shape) = isless(area(a), area(b))

Base.show(io::IO, shape::Shape) = print(io, nameof(typeof(shape)), "(area ", round(area(shape); digits = 2), ")")
Base.show(io::IO, r::Regular{N}) where {N} = print(io, "Regular(", N, "; radius = ", r.radius, ")")

function Base.show(io::IO, ::MIME"text/plain", shape::Shape)
    @printf(io, "%s with %d sides\n", nameof(typeof(shape)), sides(shape))
    @printf(io, "  area      %8.3f %s\n", area(shape), unit(Val(:area)))
    @printf(io, "  perimeter %8.3f %s", perimeter(shape), unit(Val(:perimeter)))
end

"""
A named collection of shapes of any kind. It iterates over its shapes in the order added.
"""
struct Drawing{S<:Shape}
    name::Symbol
    shapes::Vector{S}
end

Drawing(name::Symbol, shapes::Shape...) = Drawing(name, collect(Shape, shapes))

Base.iterate(d::Drawing, state...) = iterate(d.shapes, state...)
Base.length(d::Drawing) = length(d.shapes)
Base.eltype(::Type{Drawing{S}}) where {S} = S
Base.getindex(d::Drawing, i::Integer) = d.shapes[i]
Base.getindex(d::Drawing, ::Type{S}) where {S<:Shape} = Drawing(d.name, S[shape for shape in d if shape isa S])
Base.push!(d::Drawing, shape::Shape) = (push!(d.shapes, shape); d)

function Base.show(io::IO, d::Drawing)
    print(io, "Drawing ", d.name, " of ", length(d), length(d) == 1 ? " shape" : " shapes")
end

area(d::Drawing) = mapreduce(area, +, d; init = 0.0)

"""
    Tiling{(rows, columns)}(shape)

Copies of one shape in rows and columns; their numbers are part of the type.
"""
struct Tiling{Dims,S<:Shape}
    shape::S
end

Tiling{Dims}(shape::S) where {Dims,S<:Shape} = Tiling{Dims,S}(shape)

Base.size(::Tiling{Dims}) where {Dims} = Dims
Base.length(t::Tiling) = prod(size(t))
Base.eltype(::Type{<:Tiling{Dims,S}}) where {Dims,S} = Tuple{NTuple{2,Int},S}

function Base.iterate(t::Tiling, state = 1)
    state > length(t) && return nothing
    ((Tuple(CartesianIndices(size(t))[state]), t.shape), state + 1)
end

area(t::Tiling) = length(t) * area(t.shape)

"""
    @shape Circle radius = 2 center = (0, 1)

Calls a constructor with keyword arguments, without parentheses.
"""
macro shape(type, arguments...)
    all(argument -> Meta.isexpr(argument, :(=), 2), arguments) || error("@shape takes a type and name = value")
    keywords = [Expr(:kw, argument.args[1], esc(argument.args[2])) for argument in arguments]
    Expr(:call, esc(type), Expr(:parameters, keywords...))
end

end # module
