/** What stands as a canonical text is none: the store that it comes from was changed by somebody else. */
export class DamagedText extends Error {}
