import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import { encodeGlobalID } from '@pothos/plugin-relay';
import type { GraphQLFieldResolver } from 'graphql';

type Resolver<Types extends SchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>;

/** What `builder.node` was told of a type's id. */
interface NodeOptions {
  readonly id?: { readonly resolve: (parent: unknown) => string };
}

/** Global ids without waiting: relay's own resolver makes nine promises for each, though nothing in this schema waits for an id. */
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
