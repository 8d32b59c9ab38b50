Dear reader,

this is a letter, not a program, although its name ends in .jl. It doesn't parse:
there is an apostrophe in the line above (and a bracket that nobody closes here.

    Sincerely yours,
    end
