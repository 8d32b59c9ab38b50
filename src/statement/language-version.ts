/**
 * Raised with every change that gives some statement another canonical text: a store that was written before it writes
 * its statements anew from what Julia printed.
 */
export const languageVersion = 3;
