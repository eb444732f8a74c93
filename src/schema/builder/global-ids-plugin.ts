import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import { encodeGlobalID } from '@pothos/plugin-relay';
import type { GraphQLFieldResolver } from 'graphql';

type Resolver<Types extends SchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>;

/** The options that `builder.node` received for the id of a type. */
interface NodeOptions {
  readonly id?: { readonly resolve: (parent: unknown) => string };
}

/** Resolves global ids synchronously. The relay plugin's own resolver creates nine promises for each id. */
class GlobalIdsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(resolve: Resolver<Types>, field: PothosOutputFieldConfig<Types>): Resolver<Types> {
    const { name, pothosOptions } = this.buildCache.getTypeConfig(field.parentType);
    const { id } = pothosOptions as NodeOptions;
    if (field.name !== 'id' || !id) return resolve;
    return (parent) => encodeGlobalID(name, id.resolve(parent));
  }
}

const pluginName = 'globalIds';

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      globalIds: GlobalIdsPlugin<Types>;
    }
  }
}

SchemaBuilder.registerPlugin(pluginName, GlobalIdsPlugin);

export default pluginName;
