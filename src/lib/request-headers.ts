/** Headers of a request, by their lower-case names; those of the Fetch API are such. */
export interface RequestHeaders {
  get(name: string): string | null;
}
