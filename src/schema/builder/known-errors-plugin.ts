import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import type { GraphContext } from '../../context.ts';
import { HaloError, UpstreamFailed } from '../../errors.ts';
import { isPromise } from '../../lib/is-promise.ts';

type ErrorClass = abstract new (...args: never[]) => unknown;

/** The errors plugin sets these extensions on a field whose type is an error union or a list of one. */
interface ErrorFieldExtensions {
  readonly pothosErrors?: readonly ErrorClass[];
  readonly pothosItemErrors?: readonly ErrorClass[];
}

/**
 * Ensures that every HaloError of a union field becomes data: an error that the union does not contain becomes
 * `UpstreamFailed`. Also reports each of these errors to the operator.
 */
class KnownErrorsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const { pothosErrors, pothosItemErrors } = (field.extensions ?? {}) as ErrorFieldExtensions;
    const members = pothosErrors ?? pothosItemErrors;
    if (!members) return resolve;
    const coordinate = `${field.parentType}.${field.name}`;
    const isList = pothosItemErrors !== undefined;
    // Hot path: a synchronous result creates no promise, an asynchronous one creates one.
    return (parent, args, context, info) => {
      const rethrow = (error: unknown): never => {
        throw asMember(error, members, context as GraphContext, coordinate);
      };
      const convertItems = (items: unknown): unknown =>
        Array.isArray(items) ? items.map((item: unknown) => Promise.resolve(item).catch(rethrow)) : items;
      let result: unknown;
      try {
        result = resolve(parent, args, context, info);
      } catch (error) {
        return rethrow(error);
      }
      if (!isPromise(result)) return isList ? convertItems(result) : result;
      return result.then(isList ? convertItems : undefined, rethrow);
    };
  }
}

function asMember(
  error: unknown,
  members: readonly ErrorClass[],
  context: GraphContext,
  coordinate: string,
): unknown {
  if (!(error instanceof HaloError)) return error;
  context.report(error, coordinate);
  if (members.some((member) => error instanceof member)) return error;
  return new UpstreamFailed(null, { message: error.message, retryable: error.retryable, cause: error });
}

const pluginName = 'knownErrors';

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      knownErrors: KnownErrorsPlugin<Types>;
    }
  }
}

SchemaBuilder.registerPlugin(pluginName, KnownErrorsPlugin);

export default pluginName;
