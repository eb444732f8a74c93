import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import type { GraphContext } from '../../context.ts';
import { isPromise } from '../../engine/executor/run.ts';
import { HaloError, UpstreamFailed } from '../../errors.ts';

type ErrorClass = abstract new (...args: never[]) => unknown;

/** What the errors plugin notes on a field whose type is an error union, or a list of one. */
interface ErrorFieldExtensions {
  readonly pothosErrors?: readonly ErrorClass[];
  readonly pothosItemErrors?: readonly ErrorClass[];
}

/**
 * Keeps the promise that an entry field answers data: a HaloError that its union does not name becomes the member
 * `UpstreamFailed`. Every HaloError that becomes data is reported to the operator on the way.
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
    const itemsApart = pothosItemErrors !== undefined;
    // No layer of its own where the answer is at hand, and one promise where it is not.
    return (parent, args, context, info) => {
      const rethrow = (error: unknown): never => {
        throw asMember(error, members, context as GraphContext, coordinate);
      };
      const eachApart = (result: unknown): unknown =>
        Array.isArray(result) ? result.map((item: unknown) => Promise.resolve(item).catch(rethrow)) : result;
      let answer: unknown;
      try {
        answer = resolve(parent, args, context, info);
      } catch (error) {
        return rethrow(error);
      }
      if (!isPromise(answer)) return itemsApart ? eachApart(answer) : answer;
      return answer.then(itemsApart ? eachApart : undefined, rethrow);
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
