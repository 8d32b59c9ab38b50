using Shapes
using Test

@testset "Shapes" begin
    @testset "constructors" begin
        @test Circle() == Circle((0.0, 0.0), 1.0)
        @test Circle(radius = 2) == Circle((0.0, 0.0), 2.0)
        @test Circle(center = (1, 2), radius = 3) isa Circle{Int}
        @test Rectangle(width = 1 // 2) == Rectangle(corner = (0, 0), width = 1 / 2, height = 1 / 2)
        @test Rectangle((0 // 1, 0 // 1), 1 // 2, 2 // 1) isa Rectangle{Rational{Int}}
        @test Regular(6) isa Regular{6,Float64}
        @test Regular(Val(5); radius = 2.0f0, center = (0.0f0, 0.0f0)) isa Regular{5,Float32}
        @test_throws ArgumentError Regular(2)
        @test_throws MethodError Circle("round")
        @test @inferred(Regular(Val(3))) isa Shape{Float64}
    end

    @testset "measures of $(nameof(typeof(shape)))" for (shape, expected, corners) in [
        (Circle(radius = 2.0), 4π, 0),
        (Ellipse(axes = (3, 1)), 3π, 0),
        (Rectangle(width = 2.0, height = 3.5), 7.0, 4),
        (Polygon((0, 0), (4, 0), (0, 3)), 6.0, 3),
        (Regular(4; radius = sqrt(2)), 4.0, 4),
        (Polygon((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (1.0, 3.0), (0.0, 2.0)), 5.0, 5),
    ]
        @test area(shape) ≈ expected
        @test sides(shape) == corners
        @test area(scale(shape, 3)) ≈ 9 * expected
        @test perimeter(scale(shape, 2)) ≈ 2 * perimeter(shape)
        @test measure(:area, shape) == measure(Val(:area), shape)
        @test keys(measure((:area, :sides), shape)) == (:area, :sides)
        @test 0 < measure(:compactness, shape; digits = 5) <= 1
    end

    @testset "measures by name" begin
        @test measure((:sides,), Regular(8)) == (sides = 8,)
        @test measure((:area, :perimeter, :sides), Rectangle(width = 2, height = 3)) ==
              (area = 6, perimeter = 10.0, sides = 4)
        @test unit(Val(:area)) == "m^2"
        @test unit(Val(:area), Val(3)) == "m^3"
        @test unit(Val(:colour)) == unit(Val(Symbol("number of sides"))) == ""
        @test_throws MethodError measure(:colour, Circle())
    end

    @testset "overlaps" begin
        circle, far = Circle(radius = 1.0), Circle(center = (3.0, 0.0), radius = 1.5)
        @test !overlaps(circle, far)
        @test overlaps(circle, scale(far, 2))
        @test overlaps(Rectangle(width = 0.5), circle) && overlaps(circle, Rectangle(width = 0.5))
        @test overlaps(Regular(3), Ellipse())
        @test !overlaps(Polygon((5, 5), (6, 5), (6, 6)), Regular(7))
    end

    @testset "mirror" begin
        @test mirror(Circle(center = (1, 2), radius = 3), Val('x')) == Circle((1, -2), 3)
        @test mirror(Rectangle(width = 2), Val('y')) isa Polygon{4,Float64}
        @test area(mirror(Regular(5), Val('x'))) ≈ area(Regular(5))
        @test_throws MethodError mirror(Ellipse(), Val('z'))
    end

    @testset "tilings" begin
        tiling = Tiling{(2, 3)}(Rectangle(width = 2))
        @test size(tiling) == (2, 3)
        @test area(tiling) == 24
        @test [place for (place, _) in tiling] == [(1, 1), (2, 1), (1, 2), (2, 2), (1, 3), (2, 3)]
        @test eltype(collect(tiling)) == Tuple{NTuple{2,Int},Rectangle{Float64}}
        @test isempty(Tiling{(0, 4)}(Circle()))
    end

    @testset "order and equality" begin
        shapes = [Circle(), Rectangle(), Regular(3), Ellipse()]
        @test nameof.(typeof.(sort(shapes))) == [:Rectangle, :Regular, :Circle, :Ellipse]
        @test maximum(shapes) isa Ellipse
        @test Regular(24) ≈ Circle() rtol = 0.02
        @test Circle() != Circle(radius = 1.5)
    end

    @testset "drawings" begin
        drawing = Drawing(:badge, Circle(), Rectangle(width = 2.0))
        push!(drawing, Regular(6))
        @test length(drawing) == 3
        @test [sides(shape) for shape in drawing] == [0, 4, 6]
        @test collect(Iterators.filter(shape -> sides(shape) > 4, drawing)) == [Regular(6)]
        @test drawing[2] isa Rectangle
        @test drawing[Circle] isa Drawing{Circle}
        @test eltype(drawing) == Shape
        @test sprint(show, drawing) == "Drawing badge of 3 shapes"
        round_one, angular_one = drawing
        @test (round_one, angular_one) == (Circle(), Rectangle(width = 2.0))
        @test area(drawing) ≈ sum(area, drawing) ≈ π + 4 + area(Regular(6))
    end

    @testset "show" begin
        @test sprint(show, Circle(radius = 2.0)) == "Circle(area 12.57)"
        @test repr(Regular(5; radius = 1.5)) == "Regular(5; radius = 1.5)"
        @test repr("text/plain", Rectangle(width = 2.0)) ==
              "Rectangle with 4 sides\n  area         4.000 m^2\n  perimeter    8.000 m"
        @test string(Ellipse(), ", ", Drawing(:one, Circle())) == "Ellipse(area 6.28), Drawing one of 1 shape"
    end

    @testset "macro" begin
        side = 4
        @test (@shape Rectangle width = side height = side / 2) == Rectangle(width = 4, height = 2.0)
        @test (@shape Circle) == Circle()
        @test_throws Exception macroexpand(@__MODULE__, :(@shape Circle 3))
    end
end
