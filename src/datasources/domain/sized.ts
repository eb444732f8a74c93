/** A query whose lists are known by their length only. A query with real lists is one too. */
export type Sized<Query> = {
  readonly [Name in keyof Query]: Query[Name] extends readonly string[] | undefined
    ? Query[Name] extends readonly string[]
      ? Count
      : Count | undefined
    : Query[Name];
};

interface Count {
  readonly length: number;
}
