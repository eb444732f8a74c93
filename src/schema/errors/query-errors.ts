/** Errors of a query that reached Halo Cloud. */
import type * as domain from '../../datasources/domain/index.ts';
import {
  OperationNotSupported,
  PmsError,
  QueryTimedOut,
  RateLimited,
  ResultExpired,
  ResultTooLarge,
} from '../../errors.ts';
import { builder } from '../builder/builder.ts';
import { PracticeManagementSystem, PracticeOperation } from '../site/pms.ts';
import { clashes, interfaces } from './error-interface.ts';

builder.objectType(QueryTimedOut, {
  name: 'QueryTimedOut',
  description: 'The practice did not respond in time. Request a shorter range or fewer fields.',
  interfaces,
  fields: (t) => ({
    asyncQueryId: t.expose('asyncQueryId', {
      type: 'UUID',
      description:
        'The async query that is still running: read its result with `Site.sqlQuery(id:)`. Null if there is none.',
    }),
    queryId: t.expose('asyncQueryId', {
      type: 'UUID',
      description: 'The same as `asyncQueryId`.',
      deprecationReason: clashes.queryId,
    }),
  }),
});

builder.objectType(RateLimited, {
  name: 'RateLimited',
  description: 'Too many requests were sent. Wait `retryAfterSeconds` before a retry.',
  interfaces,
  fields: (t) => ({
    retryAfterSeconds: t.exposeInt('retryAfterSeconds', {
      description: 'Seconds to wait before a retry; null if not known: wait half a minute.',
    }),
  }),
});

builder.objectType(ResultTooLarge, {
  name: 'ResultTooLarge',
  description:
    'The result is larger than the 8 MB that Halo Cloud transfers, or has more values than one operation may return. Request a shorter range or fewer fields.',
  interfaces,
  fields: (t) => ({
    asyncQueryId: t.expose('asyncQueryId', {
      type: 'UUID',
      description:
        'The async query that holds the whole result: read its pages with `Site.sqlQuery(id:)`. Null if there is none.',
    }),
    queryId: t.expose('asyncQueryId', {
      type: 'UUID',
      description: 'The same as `asyncQueryId`.',
      deprecationReason: clashes.queryId,
    }),
  }),
});

builder.objectType(ResultExpired, {
  name: 'ResultExpired',
  description: 'The result of the async query is no longer stored (about 24 hours). Run the query again.',
  interfaces,
});

builder.objectType(PmsError, {
  name: 'PmsError',
  description: "The practice's database rejected the request.",
  interfaces,
  fields: (t) => ({
    errorType: t.exposeString('errorType', {
      nullable: false,
      description:
        'The component that failed, as Halo Cloud names it: `http`, `mssql`, `fbsql` or `haloLink`.',
    }),
    errorCode: t.exposeInt('errorCode', {
      description: 'For `mssql`, the error number of SQL Server; null if there is none.',
    }),
  }),
});

builder.objectType(OperationNotSupported, {
  name: 'OperationNotSupported',
  description: 'The site does not support this operation: see `Site.capabilities`.',
  interfaces,
  fields: (t) => ({
    operation: t.field({
      type: PracticeOperation,
      description: 'The operation that is not supported; null if it is not known.',
      resolve: (error) => error.operation as domain.PracticeOperation | null,
    }),
    pms: t.field({
      type: PracticeManagementSystem,
      description: 'The practice management system of the site; null if it is not known.',
      resolve: (error) => error.pms as domain.PracticeManagementSystem | null,
    }),
    haloLinkVersion: t.exposeString('haloLinkVersion', {
      description: 'Version of Halo Link at the site; null if it is not known.',
    }),
  }),
});
