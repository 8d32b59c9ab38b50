# Only as much of the distributions as a table of coefficients needs.

const LANCZOS = (
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7,
)

"Logarithm of the gamma function for positive `x`, after Lanczos."
function log_gamma(x::Real)
    x < 0.5 && return log(π / sinpi(x)) - log_gamma(1 - x)
    series = 0.99999999999980993 + sum(c / (x - 1 + k) for (k, c) in enumerate(LANCZOS))
    t = x + length(LANCZOS) - 1.5
    log(2π) / 2 + (x - 0.5) * log(t) - t + log(series)
end

"The regularized incomplete beta function, by its continued fraction (Lentz's method)."
function beta_inc(a::Real, b::Real, x::Real; tolerance = 1e-14, iterations = 400)
    0 < x < 1 || return clamp(float(x), 0.0, 1.0)
    x > (a + 1) / (a + b + 2) && return 1 - beta_inc(b, a, 1 - x; tolerance = tolerance, iterations = iterations)
    away_from_zero(v) = abs(v) < 1e-300 ? 1e-300 : v

    c = 1.0
    d = 1 / away_from_zero(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in 1:iterations
        even = m * (b - m) * x / ((a + 2m - 1) * (a + 2m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2m) * (a + 2m + 1))
        step = 1.0
        for numerator in (even, odd)
            d = 1 / away_from_zero(1 + numerator * d)
            c = away_from_zero(1 + numerator / c)
            step = d * c
            fraction *= step
        end
        abs(step - 1) < tolerance && break
    end
    front = log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x)
    exp(front) * fraction / a
end

abstract type Distribution end

struct StudentT{T<:Real} <: Distribution
    freedom::T
end

struct FisherF{T<:Real} <: Distribution
    numerator::T
    denominator::T
end

"The probability of a value further from zero than `t`, on either side."
tails(d::StudentT, t::Real) = beta_inc(d.freedom / 2, 1 / 2, d.freedom / (d.freedom + t^2))

"The probability of a value above `f`."
function upper_tail(d::FisherF, f::Real)
    beta_inc(d.denominator / 2, d.numerator / 2, d.denominator / (d.denominator + d.numerator * f))
end

"The `t` with `tails(d, t) == probability`, by bisection."
function critical(d::StudentT, probability::Real; tolerance = 1e-10)
    low, high = 0.0, 1.0
    while tails(d, high) > probability
        high *= 2
    end
    while high - low > tolerance
        middle = (low + high) / 2
        tails(d, middle) > probability ? (low = middle) : (high = middle)
    end
    (low + high) / 2
end
