import SchemaBuilder, {
  BasePlugin,
  type PothosInputFieldConfig,
  type PothosOutputFieldConfig,
  type SchemaTypes,
} from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import { InvalidInput } from '../../errors.ts';
import { type ListLimit, listLimitText, noteListLimit, tooLongLists } from '../../resolvers/list-limits.ts';

/**
 * Every list argument declares its maximum length with `maxItems`. The description states it, and a longer list is rejected
 * before the resolver runs.
 */
class ListLimitsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onInputFieldConfig(config: PothosInputFieldConfig<Types>): PothosInputFieldConfig<Types> {
    if (config.type.kind !== 'List') return config;
    const { maxItems } = config.pothosOptions as { readonly maxItems?: ListLimit };
    if (!maxItems) throw new Error(`The list ${config.parentType}.${config.name} needs its maxItems.`);
    return {
      ...config,
      description: `${config.description} ${listLimitText(maxItems)}`,
      extensions: { ...config.extensions, ...noteListLimit(maxItems) },
    };
  }

  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { args }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (!this.#haveLists(args)) return resolve;
    return (parent, given, context, info) => {
      const declared = info.parentType.getFields()[info.fieldName]?.args ?? [];
      const issues = tooLongLists(declared, given as Record<string, unknown>);
      if (issues.length > 0) throw new InvalidInput(issues);
      return resolve(parent, given, context, info);
    };
  }

  #haveLists(inputs: Readonly<Record<string, PothosInputFieldConfig<Types>>>): boolean {
    return Object.values(inputs).some(
      ({ type }) =>
        type.kind === 'List' ||
        (type.kind === 'InputObject' && this.#haveLists(this.buildCache.getInputTypeFieldConfigs(type.ref))),
    );
  }
}

const pluginName = 'listLimits';

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      listLimits: ListLimitsPlugin<Types>;
    }

    interface InputFieldOptions<Types extends SchemaTypes, Type, Req> {
      /** Maximum number of items. Required for lists. */
      maxItems?: ListLimit;
    }
  }
}

SchemaBuilder.registerPlugin(pluginName, ListLimitsPlugin);

export default pluginName;
