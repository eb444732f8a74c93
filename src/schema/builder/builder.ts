import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import { AuthScopeFailureType, type ForbiddenResult } from '@pothos/plugin-scope-auth';
import { missingScopes, scopesMissing } from '../../auth/scope-check.ts';
import type { GraphContext } from '../../context.ts';
import type { NodeEntity } from '../../resolvers/entities.ts';
import type { Scope } from '../../scopes.ts';
import AnswerBudgetPlugin from './answer-budget-plugin.ts';
import ChangePlugin from './change-plugin.ts';
import GlobalIdsPlugin from './global-ids-plugin.ts';
import KnownErrorsPlugin from './known-errors-plugin.ts';
import ListLimitsPlugin from './list-limits-plugin.ts';
import PricePlugin from './price-plugin.ts';
import ReaderPlugin from './reader-plugin.ts';
import ScopesPlugin from './scopes-plugin.ts';
import SubscribePlugin from './subscribe-plugin.ts';

/** These scalars are strings on the wire. Resolvers validate them, so that a malformed value is `InvalidInput`. */
interface Text {
  Input: string;
  Output: string;
}

interface Types {
  Context: GraphContext;
  AuthScopes: { scopes: readonly Scope[] };
  /** A field that can reach upstream needs a `price`: see price-plugin.ts. */
  InferredFieldOptionsKind: 'Priced';
  DefaultEdgesNullability: { list: false; items: false };
  Scalars: {
    ID: Text;
    DateTime: Text;
    Date: Text;
    LocalTime: Text;
    TimeZone: Text;
    UUID: Text;
    JSON: { Input: unknown; Output: unknown };
  };
}

/** Each plugin wraps the ones after it, so KnownErrorsPlugin converts errors before ErrorsPlugin turns them into data. */
export const builder = new SchemaBuilder<Types>({
  plugins: [
    SubscribePlugin,
    PricePlugin,
    ReaderPlugin,
    ChangePlugin,
    AnswerBudgetPlugin,
    ErrorsPlugin,
    KnownErrorsPlugin,
    ScopesPlugin,
    RelayPlugin,
    GlobalIdsPlugin,
    ListLimitsPlugin,
  ],
  scopeAuth: {
    authScopes: ({ caller }) => ({ scopes: (required) => missingScopes(caller, required).length === 0 }),
    unauthorizedError: (_parent, { caller }, _info, { failure }) =>
      scopesMissing(caller, requiredScopes(failure)),
  },
  relay: {
    idFieldOptions: {
      description:
        'Global id. It stays the same even if the practice moves to another server. It is opaque: pass it to `node`, or to any argument that takes the id of such an object.',
    },
    cursorType: 'String',
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    nodeTypeOptions: {
      description: 'An object with a global id. It can be fetched again with `node` or `nodes`.',
      resolveType: (thing) => (thing as NodeEntity).kind,
    },
    pageInfoTypeOptions: { description: 'The position of a page in the whole list.' },
    hasNextPageFieldOptions: { description: 'True if there are more entries after this page.' },
    hasPreviousPageFieldOptions: {
      description: 'True if `after` was given, so that entries may exist before this page.',
    },
    startCursorFieldOptions: { description: 'Cursor of the first edge; null if the page is empty.' },
    endCursorFieldOptions: {
      description:
        'Cursor of the last edge. Pass it as `after` to get the next page. Null if the page is empty.',
    },
    pageInfoFieldOptions: {
      description: 'Whether there are more entries, and the cursor for the next page.',
    },
    edgesFieldOptions: {
      description: 'The entries of the page, each with its cursor.',
      nullable: { list: false, items: false },
    },
    nodeFieldOptions: { description: 'The entry.', nullable: false },
    cursorFieldOptions: {
      description:
        'The position of this entry in the list. It stays valid if entries are inserted before or after it.',
    },
  },
});

builder.queryType({
  description:
    'Everything that can be read. Most fields return a union of the result and its possible errors. Links between objects, such as `Appointment.patient`, are nullable fields: if one fails, it is null and `errors` has an entry.',
});

builder.mutationType({
  description:
    'Everything that can be changed. Each field returns a union of the changed object, read back from the practice, and the possible errors. The fields of one operation run one after the other. A change is sent only once: `OutcomeUnknown` means that no response arrived.',
});

builder.subscriptionType({
  description:
    'Events that a client gets while it is connected. Each field returns a union of its events and the possible errors. An error is the last event.',
});

/** The scopes that the field requires. This schema has no other kind of rule. */
function requiredScopes(failure: ForbiddenResult['failure']): readonly Scope[] {
  if ('failures' in failure) return failure.failures.flatMap(requiredScopes);
  return failure.kind === AuthScopeFailureType.AuthScope ? (failure.parameter as readonly Scope[]) : [];
}
