import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNullableType,
  isLeafType,
  isNonNullType,
} from 'graphql';
import { compileCompletion } from './compile-completion.ts';
import { isRead } from './parent-only.ts';
import type { Path, Plan, RunField } from './plan.ts';
import { isPromise, type Run } from './run.ts';

/** What reading threw, kept until the field that wanted it can be told. */
export class Thrown {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

type Field = GraphQLField<unknown, unknown>;

/**
 * "Executing Fields" of the specification. Of a field without a resolver the selection has read the property already, and of one
 * whose resolver looks at the parent alone what that gives.
 */
export function compileField(
  plan: Plan,
  parentType: GraphQLObjectType,
  field: Field,
  responseName: string,
  nodes: readonly FieldNode[],
): RunField {
  const { schema, fragments, operation } = plan;
  const complete = compileCompletion(plan, field.type, nodes);
  const nullable = !isNonNullType(field.type);
  const readValue = compileReading(field, nodes);

  const runField: RunField = (source, read, run, parentPath) => {
    const path: Path = { prev: parentPath, key: responseName, typename: parentType.name };
    const info: GraphQLResolveInfo = {
      fieldName: field.name,
      fieldNodes: nodes,
      returnType: field.type,
      parentType,
      path,
      schema,
      fragments,
      rootValue: undefined,
      operation,
      variableValues: run.variableValues,
    };
    let completed: unknown;
    try {
      const value = readValue(source, read, run, info);
      completed = isPromise(value)
        ? value.then((resolved) => complete(resolved, run, path, info))
        : complete(value, run, path, info);
    } catch (thrown) {
      return run.nullOrThrow(thrown, nodes, path, nullable);
    }
    if (!isPromise(completed)) return completed;
    const settled = completed.then(undefined, (thrown) => run.nullOrThrow(thrown, nodes, path, nullable));
    run.waiting.push(settled);
    return settled;
  };
  return isRead(field) ? (quickly(field, runField) ?? runField) : runField;
}

type ReadValue = (source: unknown, read: unknown, run: Run, info: GraphQLResolveInfo) => unknown;

function compileReading(field: Field, [node]: readonly FieldNode[]): ReadValue {
  const { resolve } = field;
  const hasArguments = field.args.length > 0;
  const argumentsIn = (run: Run): Record<string, unknown> =>
    hasArguments ? getArgumentValues(field, node as FieldNode, run.variableValues) : {};
  if (resolve && !isRead(field)) {
    return (source, _read, run, info) => resolve(source, argumentsIn(run), run.context, info);
  }
  return (source, read, run, info) => {
    if (read instanceof Thrown) throw read.error;
    const args = argumentsIn(run);
    if (resolve || typeof read !== 'function') return read;
    return (source as Record<string, typeof read>)[field.name]?.(args, run.context, info);
  };
}

/** Most fields are a text or a number that was read already: those need neither path nor info. Any doubt goes the long way. */
function quickly(field: Field, runField: RunField): RunField | undefined {
  const type = getNullableType(field.type);
  if (!isLeafType(type)) return undefined;
  const nullable = !isNonNullType(field.type);
  return (source, read, run, parentPath) => {
    if (typeof read === 'string' || typeof read === 'number' || typeof read === 'boolean') {
      try {
        const text: unknown = type.serialize(read);
        if (typeof text === 'string' || typeof text === 'number' || typeof text === 'boolean') return text;
      } catch {
        // Thrown once more below, where it is told.
      }
    } else if (nullable && (read === null || read === undefined)) return null;
    return runField(source, read, run, parentPath);
  };
}
