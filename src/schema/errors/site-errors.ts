/** Errors about access to a site. */
import {
  AccessDenied,
  type AccessDeniedReason,
  AuthoritativeServerChanged,
  PracticeIdentityChanged,
  SiteUnavailable,
} from '../../errors.ts';
import { site } from '../../price/read-prices.ts';
import { currentSite } from '../../resolvers/site/sites.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { SiteRef } from '../refs.ts';
import { SiteAvailability } from '../site/pms.ts';
import { clashes, interfaces } from './error-interface.ts';

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
