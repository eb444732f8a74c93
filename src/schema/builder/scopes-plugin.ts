import SchemaBuilder, { type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import { PothosScopeAuthPlugin } from '@pothos/plugin-scope-auth';
import type { GraphQLFieldResolver } from 'graphql';
import { scopesMissing } from '../../auth/scope-check.ts';
import type { GraphContext } from '../../context.ts';
import type { AccessDenied } from '../../errors.ts';
import type { Scope } from '../../scopes.ts';

type Resolver<Types extends SchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>;

/**
 * Scope-auth for fields whose rule asks for scopes and nothing else: to work that out anew for each row costs more than all the
 * rest of the row. Whoever lacks a scope gets the same error for all rows.
 */
class ScopesPlugin<Types extends SchemaTypes> extends PothosScopeAuthPlugin<Types> {
  override wrapResolve(resolve: Resolver<Types>, field: PothosOutputFieldConfig<Types>): Resolver<Types> {
    const guarded = super.wrapResolve(resolve, field);
    const wanted = onlyScopes(field.pothosOptions.authScopes);
    if (guarded === resolve || !wanted || this.#hasRules(field.parentType)) return guarded;
    // Of the rows of an answer all are asked for by the same caller.
    let sufficient: readonly string[] | undefined;
    return (parent, args, context, info) => {
      const { scopes } = (context as GraphContext).caller;
      if (scopes !== sufficient) {
        for (const scope of wanted) {
          if (!scopes.includes(scope)) throw errorOf(context as GraphContext, wanted);
        }
        sufficient = scopes;
      }
      return resolve(parent, args, context, info);
    };
  }

  /** Whether the type, or an interface of it, has rules of its own. */
  #hasRules(typeName: string): boolean {
    const type = this.buildCache.getTypeConfig(typeName);
    const isRead = type.graphqlKind === 'Object' || type.graphqlKind === 'Interface';
    return !isRead || this.createStepsForType(type, { forField: true }).length > 0;
  }
}

const errors = new WeakMap<GraphContext, Map<readonly Scope[], AccessDenied>>();

/** One error for each operation and rule. */
function errorOf(context: GraphContext, wanted: readonly Scope[]): AccessDenied {
  const known = errors.get(context) ?? new Map<readonly Scope[], AccessDenied>();
  errors.set(context, known);
  const error = known.get(wanted) ?? scopesMissing(context.caller, wanted);
  known.set(wanted, error);
  return error;
}

/** The scopes, where a field's rule asks for nothing else. */
function onlyScopes(rule: unknown): readonly Scope[] | undefined {
  if (typeof rule !== 'object' || rule === null || Object.keys(rule).join() !== 'scopes') return undefined;
  return (rule as { readonly scopes: readonly Scope[] }).scopes;
}

const pluginName = 'scopes';

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      scopes: ScopesPlugin<Types>;
    }
  }
}

SchemaBuilder.registerPlugin(pluginName, ScopesPlugin);

export default pluginName;
