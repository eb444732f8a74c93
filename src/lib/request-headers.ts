/** Headers of a request by lower-case names. Headers of the Fetch API fit. */
export interface RequestHeaders {
  get(name: string): string | null;
}
