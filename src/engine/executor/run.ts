import {
  type FieldNode,
  type GraphQLError,
  locatedError,
  type ResponsePath as Path,
  responsePathAsArray,
} from 'graphql';

/** What one execution of a compiled operation gathers. */
export class Run {
  readonly context: unknown;
  readonly variableValues: { [variable: string]: unknown };
  /** Whether what has been waited for may stand in the answer as JsonBytes. */
  readonly asBytes: boolean;
  readonly errors: GraphQLError[] = [];
  /** Fields of the objects under way that have to wait; each object takes its own off again before it returns. */
  readonly waiting: Promise<unknown>[] = [];
  /** Arguments of fields, by the slots of the plan: the same object for all rows of a list. */
  readonly arguments: ({ [name: string]: unknown } | undefined)[] = [];
  readonly #nulled = new Set<Path | undefined>();

  constructor(context: unknown, variableValues: { [variable: string]: unknown }, asBytes: boolean) {
    this.context = context;
    this.variableValues = variableValues;
    this.asBytes = asBytes;
  }

  /** Makes this place null, and whatever was or will be told from below it is not told: as graphql-js does. */
  nullFor(error: GraphQLError, path: Path | undefined): null {
    for (let at = path; at !== undefined; at = at.prev) if (this.#nulled.has(at)) return null;
    if (!this.#nulled.has(undefined)) {
      this.#nulled.add(path);
      this.errors.push(error);
    }
    return null;
  }

  /** The same for what a resolver threw; rethrows where null cannot stand. */
  nullOrThrow(thrown: unknown, nodes: readonly FieldNode[], path: Path, nullable: boolean): null {
    const error = locatedError(thrown, nodes, responsePathAsArray(path));
    if (!nullable) throw error;
    return this.nullFor(error, path);
  }
}
