"""
A fitted model. The rows it was fitted to are kept as a table with only the columns used.
"""
struct LinearModel{T<:AbstractFloat,D<:Table}
    data::D
    response::Symbol
    labels::Vector{String}
    coefficients::Vector{T}
    errors::Vector{T}
    residuals::Vector{T}
    total::T
    intercept::Bool
    omitted::Int
end

"How a column enters the design matrix: a pair of label and numbers for each of its terms."
encode(name, column::AbstractVector{<:Real}) = [string(name) => float.(column)]

function encode(name, column::AbstractVector{<:Dates.TimeType})
    [string(name, " (days)") => float.(Dates.value.(column .- minimum(column)))]
end

function encode(name, column::AbstractVector{<:AbstractString})
    levels = sort!(unique(column))
    [string(name, ": ", level) => float.(column .== level) for level in levels[2:end]]
end

"""
    fit(LinearModel, table, predictors, response; intercept = true)
"""
function fit(::Type{LinearModel}, table::Table, predictors, response::Symbol; intercept::Bool = true)
    data = complete(table, unique([predictors; response]))
    y = numeric(response, data[response])

    terms = reduce(vcat, (encode(name, data[name]) for name in predictors))
    intercept && pushfirst!(terms, "(Intercept)" => ones(length(y)))
    X = reduce(hcat, map(last, terms))
    freedom = size(X, 1) - size(X, 2)
    freedom > 0 || throw(ArgumentError("$(size(X, 1)) complete rows are too few for $(size(X, 2)) terms"))

    factors = qr(X)
    coefficients = factors \ y
    residuals = y - X * coefficients
    R⁻¹ = inv(UpperTriangular(factors.R))
    errors = sqrt.(sum(abs2, R⁻¹; dims = 2)[:] .* (sum(abs2, residuals) / freedom))
    total = sum(abs2, intercept ? y .- mean(y) : y)

    labels, omitted = map(first, terms), nrow(table) - nrow(data)
    LinearModel(data, response, labels, coefficients, errors, residuals, total, intercept, omitted)
end

numeric(name, column::AbstractVector{<:Real}) = float.(column)
numeric(name, column) = throw(ArgumentError("the response $name is not numeric but $(eltype(column))"))

freedom(model::LinearModel) = length(model.residuals) - length(model.coefficients)
r²(model::LinearModel) = 1 - sum(abs2, model.residuals) / model.total

function adjusted_r²(model::LinearModel)
    1 - (1 - r²(model)) * (length(model.residuals) - model.intercept) / freedom(model)
end

residual_error(model::LinearModel) = sqrt(sum(abs2, model.residuals) / freedom(model))

"The F statistic of the model against the one without predictors, and its distribution."
function f_statistic(model::LinearModel)
    terms = length(model.coefficients) - model.intercept
    explained = (model.total - sum(abs2, model.residuals)) / terms
    (value = explained / residual_error(model)^2, distribution = FisherF(terms, freedom(model)))
end

"One row for each coefficient, as a vector of named tuples."
function coefficient_rows(model::LinearModel; level::Real = 0.95)
    distribution = StudentT(freedom(model))
    reach = critical(distribution, 1 - level)
    map(zip(model.labels, model.coefficients, model.errors)) do (label, estimate, error)
        t = estimate / error
        (
            label = label,
            estimate = estimate,
            error = error,
            t = t,
            p = tails(distribution, t),
            interval = (estimate - reach * error, estimate + reach * error),
        )
    end
end
