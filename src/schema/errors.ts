import type * as domain from '../datasources/domain/index.ts';
import {
  AccessDenied,
  type AccessDeniedReason,
  AuthoritativeServerChanged,
  type HaloError,
  type HaloErrorCode,
  haloErrorTable,
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
import { currentSite } from '../resolvers/site/sites.ts';
import { builder } from './builder/builder.ts';
import { enumOf } from './builder/enum.ts';
import { SiteRef } from './refs.ts';
import { PracticeManagementSystem, PracticeOperation, SiteAvailability } from './site/pms.ts';

const codes = Object.keys(haloErrorTable) as HaloErrorCode[];

const HaloErrorCodeEnum = enumOf<HaloErrorCode>(
  'HaloErrorCode',
  'Every way in which a field can fail. The same codes appear in `errors[].extensions.code` for links below a thing. docs/errors has a page for each.',
  Object.fromEntries(codes.map((code) => [code, haloErrorTable[code].message])) as Record<
    HaloErrorCode,
    string
  >,
);

const HaloErrorInterface = builder.interfaceRef<HaloError>('HaloError').implement({
  description: 'A failure as data: what all members of a result union but the thing itself have in common.',
  fields: (t) => ({
    message: t.exposeString('message', {
      nullable: false,
      description: 'Text for the person using the app. It names no server, statement or patient.',
    }),
    code: t.expose('code', {
      type: HaloErrorCodeEnum,
      nullable: false,
      description: 'What kind of failure it is: decide by this, never by `message`.',
    }),
    retryable: t.exposeBoolean('retryable', {
      nullable: false,
      description:
        'Whether asking again can succeed: the same, after `retryAfterSeconds` where there is one; after `AuthoritativeServerChanged` by `bpSiteId` or `currentHaloGuid`.',
    }),
  }),
});

const interfaces = [HaloErrorInterface];

/** Why a field of an error has another name now. Something in the same union has a field of the old name and another type. */
const clashes = {
  haloGuid:
    'Use `requestedHaloGuid`: the `haloGuid` of a site is never null, so that one selection cannot ask for both.',
  bpSiteId:
    'Use `requestedBpSiteId`: the `bpSiteId` of a practice is never null, so that one selection cannot ask for both.',
  reason:
    'Use `deniedBecause`: an appointment has a `reason` of another type, so that one selection cannot ask for both.',
  queryId:
    'Use `asyncQueryId`: the `queryId` of a query is never null, so that one selection cannot ask for both.',
};

builder.objectType(AuthoritativeServerChanged, {
  name: 'AuthoritativeServerChanged',
  description:
    'Halo Cloud refused this Halo GUID (403), because the practice is served by another server now. Ask again by Bp Site ID, or by `currentHaloGuid`, and replace the GUID wherever it was stored.',
  interfaces,
  fields: (t) => ({
    requestedHaloGuid: t.expose('haloGuid', {
      type: 'UUID',
      description:
        'The Halo GUID that was refused. Never null here: the type allows it so that one selection can ask for it on several errors.',
    }),
    haloGuid: t.expose('haloGuid', {
      type: 'UUID',
      description: 'The same as `requestedHaloGuid`.',
      deprecationReason: clashes.haloGuid,
    }),
    requestedBpSiteId: t.exposeID('bpSiteId', {
      description: 'The Bp Site ID of the practice; null when it is not known.',
    }),
    bpSiteId: t.exposeID('bpSiteId', {
      description: 'The same as `requestedBpSiteId`.',
      deprecationReason: clashes.bpSiteId,
    }),
    currentHaloGuid: t.expose('currentHaloGuid', {
      type: 'UUID',
      description:
        "The Halo GUID of the practice's authoritative server now, from Halo Cloud's Get sites; null when that could not be confirmed.",
    }),
    currentSite: t.field({
      type: SiteRef,
      authScopes: { scopes: ['sites:read'] },
      description: 'The site of `currentHaloGuid`, read when asked for; null when there is none.',
      resolve: (error, _args, context) => currentSite(error, context),
    }),
  }),
});

builder.objectType(PracticeIdentityChanged, {
  name: 'PracticeIdentityChanged',
  description:
    'The server that now answers for this Bp Site ID names another practice. Nothing was read: it could be the patients of somebody else.',
  interfaces,
  fields: (t) => ({
    requestedBpSiteId: t.exposeID('bpSiteId', {
      description:
        'The Bp Site ID that was asked for. Never null here: the type allows it so that one selection can ask for it on several errors.',
    }),
    bpSiteId: t.exposeID('bpSiteId', {
      description: 'The same as `requestedBpSiteId`.',
      deprecationReason: clashes.bpSiteId,
    }),
    expectedName: t.exposeString('expectedName', {
      description: 'The name that the practice had before; null when none was recorded.',
    }),
    foundName: t.string({
      description:
        'The name that the server gives now; null when it gives none, and for callers of single practices, as it may be of a practice that is none of theirs.',
      resolve: (error, _args, { caller }) => error.nameFor(caller),
    }),
  }),
});

const AccessDeniedReasonEnum = enumOf<AccessDeniedReason>(
  'AccessDeniedReason',
  'Why Halo Cloud denied access, as far as its answer tells.',
  {
    SUBSCRIPTION_KEY_REJECTED: "The facade's subscription key is missing, wrong or expired.",
    CALLER_IP_NOT_ALLOWED: "The facade's address is not on the subscription's allow-list.",
    QUOTA_EXCEEDED: 'The quota of the subscription is used up.',
    NOT_PAIRED: 'The practice has not paired with this integrator, or has switched it off.',
    SCOPE_MISSING: 'The facade itself refused: the caller lacks a scope that the message names.',
    UNKNOWN: 'The answer does not tell.',
  },
);

builder.objectType(AccessDenied, {
  name: 'AccessDenied',
  description: 'Access was denied: by Halo Cloud, to a site that is still the right one, or by the facade.',
  interfaces,
  fields: (t) => ({
    deniedBecause: t.expose('reason', {
      type: AccessDeniedReasonEnum,
      nullable: false,
      description: 'Why access was denied; `UNKNOWN` when Halo Cloud does not say.',
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
  description: "The practice's server cannot be reached: switched off, offline, or failing to answer.",
  interfaces,
  fields: (t) => ({
    requestedHaloGuid: t.expose('haloGuid', {
      type: 'UUID',
      description: 'The Halo GUID of the site; null when Halo Cloud itself could not be reached.',
    }),
    haloGuid: t.expose('haloGuid', {
      type: 'UUID',
      description: 'The same as `requestedHaloGuid`.',
      deprecationReason: clashes.haloGuid,
    }),
    availability: t.expose('availability', {
      type: SiteAvailability,
      description: 'What Halo Cloud last said of the site; null when it said nothing.',
    }),
    retryAfterSeconds: t.exposeInt('retryAfterSeconds', {
      description: 'Seconds to wait before asking again; null when nobody knows.',
    }),
  }),
});

builder.objectType(QueryTimedOut, {
  name: 'QueryTimedOut',
  description: 'The practice took longer than the operation may. Ask for a shorter range or fewer fields.',
  interfaces,
  fields: (t) => ({
    asyncQueryId: t.expose('asyncQueryId', {
      type: 'UUID',
      description:
        'The async query that still runs for it: go on with `Site.sqlQuery(id:)`. Null where there is none.',
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
  description: 'Halo Cloud takes no more requests of this subscription for the moment.',
  interfaces,
  fields: (t) => ({
    retryAfterSeconds: t.exposeInt('retryAfterSeconds', {
      description: 'Seconds to wait before asking again, from Halo Cloud; null when it did not say.',
    }),
  }),
});

builder.objectType(ResultTooLarge, {
  name: 'ResultTooLarge',
  description:
    'The answer is larger than Halo Cloud carries (8 MB), or has more values than one operation may. Ask for a shorter range or fewer fields.',
  interfaces,
  fields: (t) => ({
    asyncQueryId: t.expose('asyncQueryId', {
      type: 'UUID',
      description:
        'The async query that holds the whole result: read it page by page with `Site.sqlQuery(id:)`. Null where there is none.',
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
  description: 'The result of an earlier query is no longer kept (about 24 hours). Run the query again.',
  interfaces,
});

builder.objectType(PmsError, {
  name: 'PmsError',
  description: "The practice's database refused the request.",
  interfaces,
  fields: (t) => ({
    errorType: t.exposeString('errorType', {
      nullable: false,
      description: 'Which part failed, in the words of Halo Cloud: `http`, `mssql`, `fbsql` or `haloLink`.',
    }),
    errorCode: t.exposeInt('errorCode', {
      description: "For `mssql` SQL Server's error number; null when there is none.",
    }),
  }),
});

builder.objectType(OperationNotSupported, {
  name: 'OperationNotSupported',
  description: 'No source at this site serves the operation: see `Site.capabilities`.',
  interfaces,
  fields: (t) => ({
    operation: t.field({
      type: PracticeOperation,
      description: 'The operation that nothing serves; null when it is not known.',
      resolve: (error) => error.operation as domain.PracticeOperation | null,
    }),
    pms: t.field({
      type: PracticeManagementSystem,
      description: 'The practice management system of the site; null when it is not known.',
      resolve: (error) => error.pms as domain.PracticeManagementSystem | null,
    }),
    haloLinkVersion: t.exposeString('haloLinkVersion', {
      description: 'Version of Halo Link at the site; null when it is not known.',
    }),
  }),
});

const InputIssueRef = builder.objectRef<Issue>('InputIssue').implement({
  description: 'One thing that is wrong with the arguments of a field.',
  fields: (t) => ({
    path: t.field({
      type: ['String'],
      nullable: { list: false, items: false },
      description: 'Where in the arguments: `["search", "birthDate"]`. Positions in lists count from 0.',
      resolve: (issue) => issue.path,
    }),
    message: t.exposeString('message', {
      nullable: false,
      description: 'What is expected there. It never repeats the value.',
    }),
  }),
});

builder.objectType(InvalidInput, {
  name: 'InvalidInput',
  description:
    'Some arguments cannot be asked, or the practice has nothing that they name. Nothing was changed.',
  interfaces,
  fields: (t) => ({
    issues: t.expose('issues', {
      type: [InputIssueRef],
      nullable: { list: false, items: false },
      description: 'All that is wrong, at once.',
    }),
  }),
});

builder.objectType(NotFound, {
  name: 'NotFound',
  description: 'There is no such thing: Halo Cloud or the practice answered, and does not know it.',
  interfaces,
});

builder.objectType(SlotTaken, {
  name: 'SlotTaken',
  description: 'Another appointment has that time, or a part of it. Show free times anew.',
  interfaces,
});

builder.objectType(OutcomeUnknown, {
  name: 'OutcomeUnknown',
  description:
    'A change was sent, no answer came, and reading back did not tell. Ask again with the same input, and the same idempotency key where there is one: that tells what happened and changes nothing twice. After an SQL statement it is not retryable: look what it did before sending it again.',
  interfaces,
  fields: (t) => ({
    idempotencyKey: t.exposeString('idempotencyKey', {
      description:
        'The key to ask again with, also when the request had none; null where there is none: asking again is safe without one, but for SQL.',
    }),
  }),
});

builder.objectType(UpstreamFailed, {
  name: 'UpstreamFailed',
  description: 'Halo Cloud, or the server at the practice, gave no usable answer.',
  interfaces,
  fields: (t) => ({
    httpStatus: t.exposeInt('httpStatus', {
      description: 'The HTTP status that came; null when none did, or when it does not matter.',
    }),
  }),
});
