# A tour of the standard library: one pass over a small weather table.
#
#     julia tour.jl [days] [station...]
#
# The output depends on the arguments only.

using Dates, DelimitedFiles, LinearAlgebra, Printf, Statistics

"Where the measurements are; defined in the script, so its methods belong to `Main.Weather`."
module Weather

using Dates: Date, dayofyear

export Reading, Station, celsius, measure, network

struct Station
    name::String
    latitude::Float64
end

struct Reading{T<:Real}
    station::Station
    day::Date
    temperature::T
end

celsius(reading::Reading) = reading.temperature

"One station for each name, every next one half a degree further north."
network(names; south = 60.4, step = 0.5) =
    [Station(name, latitude) for (name, latitude) in zip(names, range(south; step = step, length = length(names)))]

function measure(station::Station, day::Date; base = 11.0, swing = 9.5, digits::Integer = 1)
    season = -cospi(2 * (dayofyear(day) - 20) / 365)
    noise = sin(17.0 * dayofyear(day) + station.latitude)
    Reading(station, day, round(base + swing * season + 2noise; digits = digits))
end

end # module Weather

using .Weather

struct Summary
    count::Int
    mean::Float64
    spread::Float64
end

Summary(values::AbstractVector; corrected = true) =
    Summary(length(values), mean(values), std(values; corrected = corrected))

Base.show(io::IO, s::Summary) = @printf(io, "%d days, %.2f ± %.2f °C", s.count, s.mean, s.spread)

"A function that smooths a vector with a window of `width`."
smoother(width) = v -> [mean(@view v[max(1, i - width):min(end, i + width)]) for i in eachindex(v)]

"The coefficients of the polynomial of `degree` that lies closest to the points."
polynomial(x, y; degree = 2) = [xi^p for xi in x, p in 0:degree] \ y

function main(stations, days; from = Date(2020, 1, 1))
    calendar = range(from; step = Day(1), length = days)

    for station in stations
        readings = map(calendar) do day
            measure(station, day; swing = 10.0)
        end

        # Through a delimited file and back, as text and numbers.
        buffer = IOBuffer()
        writedlm(buffer, ((string(r.day), celsius(r)) for r in readings), ',')
        table = readdlm(seekstart(buffer), ',', Any, '\n')
        when, temperatures = Date.(table[:, 1]), Float64.(table[:, 2])

        smooth = smoother(3)(temperatures)
        x = Dates.value.(when .- first(when)) ./ length(when)
        trend = polynomial(x, smooth; degree = 3)
        warmest = when[argmax(temperatures)]
        monthly = Dict(m => mean(temperatures[month.(when) .== m]) for m in unique(month.(when)))

        println(station.name, ": ", Summary(temperatures; corrected = days > 1))
        println("  warmest on ", Dates.format(warmest, dateformat"e, d u yyyy"))
        months = (@sprintf("%s %.1f", monthabbr(m), t) for (m, t) in sort!(collect(monthly)))
        println("  months ", join(months, ", "))
        println("  trend ", round.(trend; digits = 2), ", norm ", round(norm(trend, 1); digits = 2))
    end

    samples = [celsius(measure(s, d)) for d in calendar, s in stations]
    covariance = Symmetric(cov(samples; corrected = days > 1))
    @printf("covariance: trace %.3f, largest eigenvalue %.3f\n", tr(covariance), maximum(eigvals(covariance)))
end

days = isempty(ARGS) ? 120 : parse(Int, ARGS[1])
stations = network(length(ARGS) > 1 ? ARGS[2:end] : ["Bergen", "Oslo"]; step = 0.25)
main(stations, days)
