/**
 * The fields that will be read, as a tree of GraphQL field names (connection wrappers already removed):
 * `{ start: {}, patient: { fullName: {} } }`. An adapter fetches nothing that is not in it, except what it needs itself.
 */
export interface Selection {
  readonly [field: string]: Selection;
}
