import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import type { GraphContext } from '../../context.ts';

/** Counts the entries of every returned list against the operation's maximum number of values. */
class AnswerBudgetPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (field.type.kind !== 'List') return resolve;
    return (parent, args, context, info) => {
      const spend = (list: unknown): unknown => {
        if (Array.isArray(list)) (context as GraphContext).budget.spend(list, info);
        return list;
      };
      const list: unknown = resolve(parent, args, context, info);
      return list instanceof Promise ? list.then(spend) : spend(list);
    };
  }
}

const pluginName = 'answerBudget';

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      answerBudget: AnswerBudgetPlugin<Types>;
    }
  }
}

SchemaBuilder.registerPlugin(pluginName, AnswerBudgetPlugin);

export default pluginName;
