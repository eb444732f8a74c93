import type { GraphQLAbstractType } from 'graphql';
import {
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  isObjectType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';

/** The object type of a union or interface value. Throws with the messages of graphql-js if there is none. */
export function runtimeTypeOf(
  named: unknown,
  type: GraphQLAbstractType,
  nodes: readonly FieldNode[],
  info: GraphQLResolveInfo,
  value: unknown,
): GraphQLObjectType {
  const place = `at runtime for field "${info.parentType.name}.${info.fieldName}"`;
  if (named === undefined || named === null) {
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type ${place}. Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
      { nodes },
    );
  }
  if (isObjectType(named)) {
    throw new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    );
  }
  if (typeof named !== 'string') {
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type ${place} with value ${inspect(value)}, received "${inspect(named)}".`,
    );
  }
  const found = info.schema.getType(named);
  const was = `Abstract type "${type.name}" was resolved to a`;
  if (!found)
    throw new GraphQLError(`${was} type "${named}" that does not exist inside the schema.`, { nodes });
  if (!isObjectType(found)) throw new GraphQLError(`${was} non-object type "${named}".`, { nodes });
  if (!info.schema.isSubType(type, found)) {
    throw new GraphQLError(`Runtime Object type "${found.name}" is not a possible type for "${type.name}".`, {
      nodes,
    });
  }
  return found;
}
