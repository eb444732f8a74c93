import type * as domain from '../datasources/domain/index.ts';
import { type HaloErrorCode, haloErrorTable } from '../error-codes.ts';
import {
  AccessDenied,
  type AccessDeniedReason,
  AuthoritativeServerChanged,
  type HaloError,
  InvalidInput,
  type InputIssue as Issue,
  NotFound,
  OperationNotSupported,
  OutcomeUnknown,
  PmsError,
  PracticeIdentityChanged,
  QueryTimedOut,
  RateLimited,
  ResultExpired,
  ResultTooLarge,
  SiteUnavailable,
  SlotTaken,
  UpstreamFailed,
} from '../errors.ts';
import { site } from '../price/read-prices.ts';
import { currentSite } from '../resolvers/site/sites.ts';
import { builder } from './builder/builder.ts';
import { enumOf } from './builder/enum.ts';
import { SiteRef } from './refs.ts';
import { PracticeManagementSystem, PracticeOperation, SiteAvailability } from './site/pms.ts';

const codes = Object.keys(haloErrorTable) as HaloErrorCode[];

export const HaloErrorCodeEnum = enumOf<HaloErrorCode>(
  'HaloErrorCode',
  'The code of a failure. The same codes appear in `errors[].extensions.code` if a nullable field fails. docs/errors has a page for each code.',
  Object.fromEntries(codes.map((code) => [code, haloErrorTable[code].message])) as Record<
    HaloErrorCode,
    string
  >,
);

const HaloErrorInterface = builder.interfaceRef<HaloError>('HaloError').implement({
  description: 'A failure as data. All error types in a result union implement this interface.',
  fields: (t) => ({
    message: t.exposeString('message', {
      nullable: false,
      description: 'Text for the person using the app. It never contains server names, SQL or patient data.',
    }),
    code: t.expose('code', {
      type: HaloErrorCodeEnum,
      nullable: false,
      description: 'The kind of failure. Base decisions on it, never on `message`.',
    }),
    retryable: t.exposeBoolean('retryable', {
      nullable: false,
      description:
        'True if a retry may succeed. Wait `retryAfterSeconds` first if the error has it. After `AuthoritativeServerChanged`, retry with the Bp Site ID or `currentHaloGuid`.',
    }),
  }),
});

const interfaces = [HaloErrorInterface];

/** Reasons for deprecated field names. Another type of the same union has a field of the old name with another type. */
const clashes = {
  haloGuid:
    'Use `requestedHaloGuid`. `Site.haloGuid` is non-null, so one selection cannot contain both fields.',
  bpSiteId:
    'Use `requestedBpSiteId`. `Practice.bpSiteId` is non-null, so one selection cannot contain both fields.',
  reason:
    'Use `deniedBecause`. `Appointment.reason` has another type, so one selection cannot contain both fields.',
  queryId: 'Use `asyncQueryId`. `SqlQuery.queryId` is non-null, so one selection cannot contain both fields.',
};

builder.objectType(AuthoritativeServerChanged, {
  name: 'AuthoritativeServerChanged',
  description:
    'Halo Cloud rejected the Halo GUID (403): another server serves the practice now. Query by Bp Site ID or `currentHaloGuid`, and replace every stored copy of the old GUID.',
  interfaces,
  fields: (t) => ({
    requestedHaloGuid: t.expose('haloGuid', {
      type: 'UUID',
      description:
        'The Halo GUID that was rejected. It is never null here; the type is nullable so that one selection can contain this field for several error types.',
    }),
    haloGuid: t.expose('haloGuid', {
      type: 'UUID',
      description: 'The same as `requestedHaloGuid`.',
      deprecationReason: clashes.haloGuid,
    }),
    requestedBpSiteId: t.exposeID('bpSiteId', {
      description: 'The Bp Site ID of the practice; null if it is not known.',
    }),
    bpSiteId: t.exposeID('bpSiteId', {
      description: 'The same as `requestedBpSiteId`.',
      deprecationReason: clashes.bpSiteId,
    }),
    currentHaloGuid: t.expose('currentHaloGuid', {
      type: 'UUID',
      description:
        "The Halo GUID of the practice's current server, as Halo Cloud lists it; null if it could not be confirmed.",
    }),
    currentSite: t.field({
      type: SiteRef,
      authScopes: { scopes: ['sites:read'] },
      description: 'The site of `currentHaloGuid`; null if there is none. Selecting it reads the site.',
      price: site,
      resolve: (error, _args, context) => currentSite(error, context),
    }),
  }),
});

builder.objectType(PracticeIdentityChanged, {
  name: 'PracticeIdentityChanged',
  description:
    'The server for this Bp Site ID reports a different practice name. No data was read, because it may belong to another practice.',
  interfaces,
  fields: (t) => ({
    requestedBpSiteId: t.exposeID('bpSiteId', {
      description:
        'The requested Bp Site ID. It is never null here; the type is nullable so that one selection can contain this field for several error types.',
    }),
    bpSiteId: t.exposeID('bpSiteId', {
      description: 'The same as `requestedBpSiteId`.',
      deprecationReason: clashes.bpSiteId,
    }),
    expectedName: t.exposeString('expectedName', {
      description: 'The name that the practice had before; null if none was recorded.',
    }),
    foundName: t.string({
      description:
        'The name that the server reports now; null if it reports none. Also null if your credential is limited to certain practices, because it may be the name of a practice that you cannot access.',
      resolve: (error, _args, { caller }) => error.nameFor(caller),
    }),
  }),
});

const AccessDeniedReasonEnum = enumOf<AccessDeniedReason>(
  'AccessDeniedReason',
  "Why access was denied, as far as Halo Cloud's response shows it.",
  {
    SUBSCRIPTION_KEY_REJECTED: 'The subscription key of this API is missing, wrong or expired.',
    CALLER_IP_NOT_ALLOWED: "The IP address of this API is not on the subscription's allow-list.",
    QUOTA_EXCEEDED: 'The quota of the subscription is used up.',
    NOT_PAIRED: 'The practice has not paired with this integrator, or has disabled it.',
    SCOPE_MISSING: 'Your credential lacks a scope. The message names it.',
    UNKNOWN: 'Halo Cloud gave no reason.',
  },
);

builder.objectType(AccessDenied, {
  name: 'AccessDenied',
  description:
    'Access was denied, by Halo Cloud or because your credential lacks a scope. The practice has not moved.',
  interfaces,
  fields: (t) => ({
    deniedBecause: t.expose('reason', {
      type: AccessDeniedReasonEnum,
      nullable: false,
      description: 'Why access was denied; `UNKNOWN` if Halo Cloud gave no reason.',
    }),
    reason: t.expose('reason', {
      type: AccessDeniedReasonEnum,
      nullable: false,
      description: 'The same as `deniedBecause`.',
      deprecationReason: clashes.reason,
    }),
  }),
});

builder.objectType(SiteUnavailable, {
  name: 'SiteUnavailable',
  description:
    "The practice's server cannot be reached: it is off, offline or does not respond. Retry later.",
  interfaces,
  fields: (t) => ({
    requestedHaloGuid: t.expose('haloGuid', {
      type: 'UUID',
      description: 'The Halo GUID of the site; null if Halo Cloud itself could not be reached.',
    }),
    haloGuid: t.expose('haloGuid', {
      type: 'UUID',
      description: 'The same as `requestedHaloGuid`.',
      deprecationReason: clashes.haloGuid,
    }),
    availability: t.expose('availability', {
      type: SiteAvailability,
      description: "The last known state of the site's connection; null if it is not known.",
    }),
    retryAfterSeconds: t.exposeInt('retryAfterSeconds', {
      description: 'Seconds to wait before a retry; null if not known.',
    }),
  }),
});

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

const InputIssueRef = builder.objectRef<Issue>('InputIssue').implement({
  description: 'One problem with the arguments of a field.',
  fields: (t) => ({
    path: t.field({
      type: ['String'],
      nullable: { list: false, items: false },
      description: 'The path of the argument, such as `["search", "birthDate"]`. List indexes start at 0.',
      resolve: (issue) => issue.path,
    }),
    message: t.exposeString('message', {
      nullable: false,
      description: 'Text for the person who entered the value. It never contains the value.',
    }),
  }),
});

builder.objectType(InvalidInput, {
  name: 'InvalidInput',
  description:
    'Some arguments are invalid, or refer to something that the practice does not have. Nothing was changed.',
  interfaces,
  fields: (t) => ({
    issues: t.expose('issues', {
      type: [InputIssueRef],
      nullable: { list: false, items: false },
      description: 'All problems that were found.',
    }),
  }),
});

builder.objectType(NotFound, {
  name: 'NotFound',
  description: 'The requested object does not exist at the practice or in Halo Cloud.',
  interfaces,
});

builder.objectType(SlotTaken, {
  name: 'SlotTaken',
  description: 'Another appointment overlaps this time. Nothing was changed. Fetch the free slots again.',
  interfaces,
});

builder.objectType(OutcomeUnknown, {
  name: 'OutcomeUnknown',
  description:
    'A change was sent, but no response arrived, and reading back did not show whether it was made. Retry with the same input, and with `idempotencyKey` if it is not null: the change is never made twice. An SQL statement is not retryable: check its effect before you send it again.',
  interfaces,
  fields: (t) => ({
    idempotencyKey: t.exposeString('idempotencyKey', {
      description:
        'The key for the retry. It is set even if the request had none, for changes that need one. Null if no key is needed (retrying is safe) and after an SQL statement (check its effect first).',
    }),
  }),
});

builder.objectType(UpstreamFailed, {
  name: 'UpstreamFailed',
  description: 'Halo Cloud, or the server at the practice, returned an error or a malformed response.',
  interfaces,
  fields: (t) => ({
    httpStatus: t.exposeInt('httpStatus', {
      description: 'The HTTP status of the response; null if there was none or it is irrelevant.',
    }),
  }),
});
