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
import ReaderPlugin from './reader-plugin.ts';
import ScopesPlugin from './scopes-plugin.ts';

/** Each is a string on the wire. Input is checked where it is used, so that a malformed value is data, not a refusal. */
interface Text {
  Input: string;
  Output: string;
}

interface Types {
  Context: GraphContext;
  AuthScopes: { scopes: readonly Scope[] };
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

/** Plugins that come first wrap those that follow: known errors are made members before they become data. */
export const builder = new SchemaBuilder<Types>({
  plugins: [
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
    authScopes: ({ caller }) => ({ scopes: (wanted) => missingScopes(caller, wanted).length === 0 }),
    unauthorizedError: (_parent, { caller }, _info, { failure }) => scopesMissing(caller, wantedBy(failure)),
  },
  relay: {
    idFieldOptions: {
      description:
        'Global id: the same for as long as the thing exists, also after the practice moved to another server. Opaque; pass it to `node` or wherever an ID of this type is asked for.',
    },
    cursorType: 'String',
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    nodeTypeOptions: {
      description: 'Anything that has a global id and can be read again by it, with `node` or `nodes`.',
      resolveType: (thing) => (thing as NodeEntity).kind,
    },
    pageInfoTypeOptions: { description: 'Where a page of a connection lies in the whole list.' },
    hasNextPageFieldOptions: { description: 'Whether there is more after this page.' },
    hasPreviousPageFieldOptions: {
      description:
        'Whether this page was continued from a cursor (`after`), so that something may lie before it.',
    },
    startCursorFieldOptions: { description: 'Cursor of the first edge; null on an empty page.' },
    endCursorFieldOptions: {
      description: 'Cursor of the last edge: pass it as `after` to get the next page. Null on an empty page.',
    },
    pageInfoFieldOptions: { description: 'Whether there is more, and the cursor to continue with.' },
    edgesFieldOptions: {
      description: 'The page, each entry with its cursor.',
      nullable: { list: false, items: false },
    },
    nodeFieldOptions: { description: 'The thing itself.', nullable: false },
    cursorFieldOptions: {
      description:
        'The place of this entry in the list. It stays valid when entries are inserted before or after it.',
    },
  },
});

builder.queryType({
  description:
    'Everything that can be read. Entry fields answer a union of the thing itself and the errors that can happen there; links below a thing are plain nullable fields whose failure is an entry in `errors`.',
});

builder.mutationType({
  description:
    'Everything that can be changed. Each field answers a union of what it made or changed, read back from the practice, and the errors that can happen there. Fields of one operation run one after the other. A change is sent once and never replayed: `OutcomeUnknown` says that no answer came.',
});

/** The scopes that a field wanted: there is no other kind of rule in this schema. */
function wantedBy(failure: ForbiddenResult['failure']): readonly Scope[] {
  if ('failures' in failure) return failure.failures.flatMap(wantedBy);
  return failure.kind === AuthScopeFailureType.AuthScope ? (failure.parameter as readonly Scope[]) : [];
}
