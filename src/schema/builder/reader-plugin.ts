import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLField, GraphQLFieldResolver } from 'graphql';
import { missingScopes } from '../../auth/scope-check.ts';
import type { GraphContext } from '../../context.ts';
import { memoizeLastPerObject } from '../../engine/memoize-last.ts';
import { readOnly } from '../../resolvers/selection.ts';
import { everyScope, type Scope } from '../../scopes.ts';

/** Pothos keeps the `authScopes` of a field in these extensions. */
interface FieldExtensions {
  readonly pothosOptions?: { readonly authScopes?: { readonly scopes?: readonly Scope[] } };
}

type Reader = (field: GraphQLField<unknown, unknown>) => boolean;

/**
 * Leaves fields that the caller has no scope for out of what is fetched. Otherwise the audit log would list them as read, and
 * the practice would be queried for nothing.
 */
class ReaderPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { kind }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (kind !== 'Query' && kind !== 'Mutation' && kind !== 'Subscription') return resolve;
    return (parent, args, context, info) => {
      readOnly(info, readerWith((context as GraphContext).caller.scopes));
      return resolve(parent, args, context, info);
    };
  }
}

/** Keyed by the scopes of the caller. */
const readers = new Map<string, Reader>();

/** All requests of a caller have the same list. */
const readerWith = memoizeLastPerObject((held: readonly string[]): Reader => {
  const scopes = everyScope.filter((scope) => held.includes(scope));
  const key = scopes.join();
  let reader = readers.get(key);
  if (!reader) {
    reader = (field) => missingScopes({ scopes }, scopesOf(field)).length === 0;
    readers.set(key, reader);
  }
  return reader;
});

const scopesOf = ({ extensions }: GraphQLField<unknown, unknown>): readonly Scope[] =>
  (extensions as FieldExtensions).pothosOptions?.authScopes?.scopes ?? [];

const pluginName = 'reader';

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      reader: ReaderPlugin<Types>;
    }
  }
}

SchemaBuilder.registerPlugin(pluginName, ReaderPlugin);

export default pluginName;
