import {
  defaultTypeResolver,
  type FieldNode,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { isPromise } from '../../lib/is-promise.ts';
import { compileList } from './compile-list.ts';
import type { Complete, Path, Plan, Select } from './plan.ts';
import type { Run } from './run.ts';
import { runtimeTypeOf } from './runtime-type.ts';

/** Converts values of a type to values in the response: "Value Completion" of the specification. */
export function compileCompletion(
  plan: Plan,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
): Complete {
  if (isNonNullType(type)) {
    const complete = compileCompletion(plan, type.ofType, nodes);
    return (value, run, path, info) => {
      const completed = complete(value, run, path, info);
      if (completed !== null) return completed;
      throw new Error(`Cannot return null for non-nullable field ${info.parentType.name}.${info.fieldName}.`);
    };
  }
  const complete = compileExisting(plan, type, nodes);
  return (value, run, path, info) => {
    if (value instanceof Error) throw value;
    return value === undefined || value === null ? null : complete(value, run, path, info);
  };
}

function compileExisting(
  plan: Plan,
  type: Exclude<GraphQLOutputType, { readonly ofType: unknown }> | GraphQLList<GraphQLOutputType>,
  nodes: readonly FieldNode[],
): Complete {
  if (isListType(type)) {
    const itemType = getNullableType(type.ofType);
    const items = {
      complete: compileCompletion(plan, type.ofType, nodes),
      below: isAlwaysObject(itemType) ? () => plan.selectionBelow(itemType, nodes) : undefined,
      nullable: !isNonNullType(type.ofType),
    };
    return compileList(items, nodes);
  }
  if (isLeafType(type)) return (value) => serialized(type, value);
  if (isAbstractType(type)) return compileAbstract(plan, type, nodes);
  return compileObject(plan, type, nodes);
}

function serialized(type: GraphQLLeafType, value: unknown): unknown {
  const text: unknown = type.serialize(value);
  if (text !== undefined && text !== null) return text;
  throw new Error(
    `Expected \`${inspect(type)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(text)}`,
  );
}

function compileAbstract(plan: Plan, type: GraphQLAbstractType, nodes: readonly FieldNode[]): Complete {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const completions = new Map<unknown, Complete>();

  function completeAs(
    named: unknown,
    value: unknown,
    run: Run,
    path: Path,
    info: GraphQLResolveInfo,
  ): unknown {
    let complete = completions.get(named);
    if (!complete) {
      complete = compileObject(plan, runtimeTypeOf(named, type, nodes, info, value), nodes);
      completions.set(named, complete);
    }
    return complete(value, run, path, info);
  }

  return (value, run, path, info) => {
    const named: unknown = resolveType(value, run.context, info, type);
    return isPromise(named)
      ? named.then((resolved) => completeAs(resolved, value, run, path, info))
      : completeAs(named, value, run, path, info);
  };
}

/** Whether every value of this type is an object of it, because the type has no `isTypeOf`. */
export const isAlwaysObject = (type: GraphQLOutputType): type is GraphQLObjectType =>
  isObjectType(type) && !type.isTypeOf;

function compileObject(plan: Plan, type: GraphQLObjectType, nodes: readonly FieldNode[]): Complete {
  let selection: Select | undefined;
  // Compiled when first needed: of a union's many members, one usually occurs.
  const select: Select = (source, run, path) => {
    selection ??= plan.selectionBelow(type, nodes);
    return selection(source, run, path);
  };
  if (!type.isTypeOf) return select;

  const isTypeOf = type.isTypeOf.bind(type);
  const selectIf = (is: boolean, value: unknown, run: Run, path: Path): unknown => {
    if (is) return select(value, run, path);
    throw new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(value)}.`, { nodes });
  };
  return (value, run, path, info) => {
    const is = isTypeOf(value, run.context, info);
    return isPromise(is)
      ? is.then((resolved) => selectIf(resolved as boolean, value, run, path))
      : selectIf(is, value, run, path);
  };
}
