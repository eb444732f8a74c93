/** One row as Halo Cloud sends it, keyed by column alias. CHAR columns arrive padded. */
export type SqlRow = Readonly<Record<string, unknown>>;
