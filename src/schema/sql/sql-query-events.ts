import { free } from '../../price/read-prices.ts';
import { sqlQueryEvent, watchSqlQuery } from '../../resolvers/sql/sql-query-events.ts';
import { builder } from '../builder/builder.ts';
import { SiteRefInput } from './sql-inputs.ts';
import { SqlQueryEvent } from './sql-results.ts';

builder.subscriptionField('sqlQuery', (t) =>
  t.field({
    type: SqlQueryEvent,
    nullable: false,
    price: free,
    authScopes: { scopes: ['sql:run'] },
    description:
      'The state of an async SQL query: at the start, and after each change of its status. The subscription ends when the status is final. It is not charged.',
    args: {
      site: t.arg({ type: SiteRefInput, required: true, description: 'The site or the practice.' }),
      id: t.arg({ type: 'UUID', required: true, description: 'The `queryId` of the query.' }),
    },
    subscribe: (_root, args, context) => watchSqlQuery(args, context),
    resolve: (event, args, context) => sqlQueryEvent(event as never, args, context),
  }),
);
