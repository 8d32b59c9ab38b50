# Does some work, flushes, then kills itself with SIGKILL: a signal in place of an exit
# status, and no exit hook runs.

const SIGKILL = 9

primes_below(n) = [p for p in 2:n-1 if all(d -> p % d != 0, 2:isqrt(p))]

histogram(numbers; buckets = 4) =
    [count(x -> cld(buckets * x, maximum(numbers)) == b, numbers) for b in 1:buckets]

atexit(() -> println("not reached"))

println(sum(primes_below(1000)), " ", histogram(primes_below(1000); buckets = 5))
flush(stdout)
ccall(:kill, Cint, (Cint, Cint), getpid(), SIGKILL)
println("not reached")
