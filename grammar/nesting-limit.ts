/**
 * The parser and every walk over a tree recurse; real statements nest 14 deep at most. Before it is optimised, a level
 * takes the parser a dozen frames: a few hundred levels fill the stack.
 */
export const nestingLimit = 128;
