import {
  type FieldNode,
  type GraphQLError,
  locatedError,
  type ResponsePath as Path,
  responsePathAsArray,
} from 'graphql';

/** The state of one execution of a compiled operation. */
export class Run {
  readonly context: unknown;
  readonly variableValues: { [variable: string]: unknown };
  /** Whether asynchronous parts of the result may be JsonBytes. */
  readonly asBytes: boolean;
  readonly errors: GraphQLError[] = [];
  /** Promises of fields in unfinished objects. Each object removes its own before it returns. */
  readonly waiting: Promise<unknown>[] = [];
  /** Arguments of fields, by the plan's index. All rows of a list share one object. */
  readonly arguments: ({ [name: string]: unknown } | undefined)[] = [];
  readonly #nulled = new Set<Path | undefined>();

  constructor(context: unknown, variableValues: { [variable: string]: unknown }, asBytes: boolean) {
    this.context = context;
    this.variableValues = variableValues;
    this.asBytes = asBytes;
  }

  /** Makes this path null. Errors below it are dropped, as in graphql-js. */
  nullFor(error: GraphQLError, path: Path | undefined): null {
    for (let at = path; at !== undefined; at = at.prev) if (this.#nulled.has(at)) return null;
    if (!this.#nulled.has(undefined)) {
      this.#nulled.add(path);
      this.errors.push(error);
    }
    return null;
  }

  /** Reports a thrown error and returns null. Throws it again if the type is not nullable. */
  nullOrThrow(thrown: unknown, nodes: readonly FieldNode[], path: Path, nullable: boolean): null {
    const error = locatedError(thrown, nodes, responsePathAsArray(path));
    if (!nullable) throw error;
    return this.nullFor(error, path);
  }
}
