# Does some work, then leaves with exit status 3. The hook still runs.

using Printf

atexit(() -> println("closing"))

counts = Dict{Char,Int}()
for letter in "the quick brown fox jumps over the lazy dog"
    isletter(letter) && (counts[letter] = get(counts, letter, 0) + 1)
end
common = sort!(collect(counts); by = pair -> (-last(pair), first(pair)))[1:3]
foreach(((letter, n),) -> @printf("%c occurs %d times\n", letter, n), common)

exit(3)
println("not reached")
