# Loads the packages that a script names in its `using` and `import`, without running the script, so that their caches
# are warm before the script is traced. Arguments: the script. What cannot be loaded is left to the traced run to report.
module PreimageWarm

function named_packages!(names, expression)
    expression isa Expr || return names
    if expression.head in (:using, :import)
        for item in expression.args
            path = item isa Expr && item.head === :(:) ? item.args[1] : item
            path isa Expr && path.head === :as && (path = path.args[1])
            path isa Expr && path.head === :. && path.args[1] !== :. && push!(names, path.args[1])
        end
    else
        foreach(part -> named_packages!(names, part), expression.args)
    end
    return names
end

function warm(script)
    text = read(script, String)
    names = Set{Symbol}()
    position = 1
    while position <= ncodeunits(text)
        expression, position = Meta.parse(text, position; raise = false)
        named_packages!(names, expression)
    end
    for name in names
        id = Base.identify_package(string(name))
        id === nothing && continue
        try
            Base.require(id)
        catch
        end
    end
end

foreach(warm, ARGS)

end
