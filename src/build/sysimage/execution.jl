# Runs a program in the staging process. Runs on Julia 1.3 and newer.

# What was loaded into this process has not run its `__init__`, and a program needs it. One that needs another's first
# fails, and is tried again behind it.
function initialize(owners)
    failed = Module[]
    for owner in owners
        isdefined(owner, :__init__) || continue
        try
            Base.invokelatest(owner.__init__)
        catch
            push!(failed, owner)
        end
    end
    length(failed) < length(owners) && !isempty(failed) && initialize(failed)
end

# `words`: a Julia file and its arguments. Of the base image only random numbers are set up: what others start, tasks and
# handles, no image can hold.
function execute(words, in_base)
    initialize(filter(owner -> nameof(owner) === :Random || !(owner in in_base), Base.loaded_modules_array()))
    append!(empty!(Base.ARGS), words[2:end])
    Base.include(Module(:PreimageWorkload), words[1])
end
