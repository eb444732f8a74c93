import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import type { GraphContext } from '../../context.ts';

/**
 * Marks the session as changing for every mutation. No call of a mutation, including the reads before the change, then follows
 * a practice to another server.
 */
class ChangePlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { kind }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (kind !== 'Mutation') return resolve;
    return (parent, args, context, info) => {
      (context as GraphContext).session.beginChange();
      return resolve(parent, args, context, info);
    };
  }
}

const pluginName = 'change';

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      change: ChangePlugin<Types>;
    }
  }
}

SchemaBuilder.registerPlugin(pluginName, ChangePlugin);

export default pluginName;
