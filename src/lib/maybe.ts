/** The value of an optional argument. */
export type Maybe<T> = T | null | undefined;
