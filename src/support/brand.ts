declare const brand: unique symbol;

/** `Brand<string, "StatementDigest">`: a string that cannot be passed where another kind of string is meant. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
