import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  isNonNullType,
} from 'graphql';
import { isPromise } from '../../lib/is-promise.ts';
import { compileArguments } from './compile-arguments.ts';
import { compileCompletion } from './compile-completion.ts';
import { isRead } from './parent-only.ts';
import type { Complete, Path, Plan, RunField } from './plan.ts';
import type { Run } from './run.ts';

/** An error that reading a property threw. It is kept until its field is executed. */
export class Thrown {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

export type Field = GraphQLField<unknown, unknown>;

/** One field of a selection. */
export interface FieldPlace {
  readonly plan: Plan;
  readonly parentType: GraphQLObjectType;
  readonly field: Field;
  readonly responseName: string;
  readonly nodes: readonly FieldNode[];
}

/** The steps of one field of a selection. */
interface CompiledField {
  /** All steps. */
  readonly run: RunField;
  /** The `info` argument of its resolver. */
  readonly infoOf: (path: Path, run: Run) => GraphQLResolveInfo;
  /** Converts the result of the resolver to the value in the response, or a promise of it. */
  readonly finish: Complete;
  /** Waits for a promise of the value. */
  readonly wait: (completed: Promise<unknown>, run: Run, path: Path) => Promise<unknown>;
}

/**
 * "Executing Fields" of the specification. The selection has already read the property of a field without a resolver. It has
 * already called a resolver that needs only the parent.
 */
export function compileField({ plan, parentType, field, responseName, nodes }: FieldPlace): CompiledField {
  const { schema, fragments, operation } = plan;
  const complete = compileCompletion(plan, field.type, nodes);
  const nullable = !isNonNullType(field.type);
  const readValue = compileReading(plan, field, nodes);

  const infoOf = (path: Path, run: Run): GraphQLResolveInfo => ({
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
  });

  const wait: CompiledField['wait'] = (completed, run, path) => {
    const settled = completed.then(undefined, (thrown) => run.nullOrThrow(thrown, nodes, path, nullable));
    run.waiting.push(settled);
    return settled;
  };

  const finish: Complete = (value, run, path, info) => {
    let completed: unknown;
    try {
      completed = isPromise(value)
        ? value.then((resolved) => complete(resolved, run, path, info))
        : complete(value, run, path, info);
    } catch (thrown) {
      return run.nullOrThrow(thrown, nodes, path, nullable);
    }
    return isPromise(completed) ? wait(completed, run, path) : completed;
  };

  const runField: RunField = (source, read, run, parentPath) => {
    const path: Path = { prev: parentPath, key: responseName, typename: parentType.name };
    const info = infoOf(path, run);
    let value: unknown;
    try {
      value = readValue(source, read, run, info);
    } catch (thrown) {
      return run.nullOrThrow(thrown, nodes, path, nullable);
    }
    return finish(value, run, path, info);
  };
  return { run: runField, infoOf, finish, wait };
}

type ReadValue = (source: unknown, read: unknown, run: Run, info: GraphQLResolveInfo) => unknown;

function compileReading(plan: Plan, field: Field, [node]: readonly FieldNode[]): ReadValue {
  const { resolve } = field;
  const argumentsIn = compileArguments(plan, field, node as FieldNode);
  if (resolve && (plan.wrap || !isRead(field))) {
    const wrapped = plan.wrap?.(resolve) ?? resolve;
    return (source, _read, run, info) => wrapped(source, argumentsIn(run), run.context, info);
  }
  return (source, read, run, info) => {
    if (read instanceof Thrown) throw read.error;
    const args = argumentsIn(run);
    if (resolve || typeof read !== 'function') return read;
    return (source as Record<string, typeof read>)[field.name]?.(args, run.context, info);
  };
}
