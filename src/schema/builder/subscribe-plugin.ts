import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import { missingScopes, scopesMissing } from '../../auth/scope-check.ts';
import type { GraphContext } from '../../context.ts';
import { HaloError } from '../../errors.ts';
import { failedSource } from '../../resolvers/failed-source.ts';
import type { Scope } from '../../scopes.ts';

type Subscriber<Types extends SchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>;

interface SubscribeOptions<Types extends SchemaTypes> {
  readonly authScopes?: { readonly scopes: readonly Scope[] };
  readonly subscribe?: Subscriber<Types>;
}

/**
 * Replaces the wrappers of the other plugins around `subscribe`. The errors plugin puts an async generator there, which
 * cannot end while it waits for an event. A failure is the only event of the stream, and the field's own resolver turns it
 * into data. Nothing is watched for a caller without the scopes of the field.
 */
class SubscribePlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapSubscribe(
    subscribe: Subscriber<Types> | undefined,
    { kind, pothosOptions }: PothosOutputFieldConfig<Types>,
  ): Subscriber<Types> | undefined {
    if (kind !== 'Subscription') return subscribe;
    const { subscribe: own, authScopes } = pothosOptions as unknown as SubscribeOptions<Types>;
    if (!own) return subscribe;
    return async (parent, args, context, info) => {
      const { caller } = context as GraphContext;
      const required = authScopes?.scopes ?? [];
      if (missingScopes(caller, required).length > 0) return failedSource(scopesMissing(caller, required));
      try {
        return await own(parent, args, context, info);
      } catch (error) {
        if (error instanceof HaloError) return failedSource(error);
        throw error;
      }
    };
  }
}

const pluginName = 'subscribe';

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      subscribe: SubscribePlugin<Types>;
    }
  }
}

SchemaBuilder.registerPlugin(pluginName, SubscribePlugin);

export default pluginName;
