/** What can go wrong with any mutation, and how the sandbox brings it about. */
import { isUnionType } from 'graphql';
import { practices } from '../../sandbox/practices.ts';
import { schema } from '../../src/schema/index.ts';
import type { FacadeOptions } from '../open-facade.ts';

/** The types that a union has, in the order of the alphabet. */
export const members = (union: string): string[] => {
  const type = schema.getType(union);
  return isUnionType(type)
    ? type
        .getTypes()
        .map(({ name }) => name)
        .sort()
    : [];
};

const { haloGuid = '' } = practices.find(({ bpSiteId }) => bpSiteId === '1001') ?? {};
const registry = [{ bpSiteId: '1001', name: 'Sandbox Wattle Practice', haloGuid }];
const zedmed = Buffer.from('Practice:ZEDMED:ZED-2001').toString('base64');

export interface Scenario {
  readonly fault?: string;
  readonly facade?: FacadeOptions;
  readonly input?: object;
}

/** By the type of the union that is answered. */
export const failures: Readonly<Record<string, Scenario>> = {
  AuthoritativeServerChanged: { fault: 'moved', facade: { failover: 'surface', practices: registry } },
  PracticeIdentityChanged: { fault: 'moved-identity', facade: { practices: registry } },
  AccessDenied: { fault: 'not-paired' },
  SiteUnavailable: { fault: '503' },
  QueryTimedOut: { fault: '504' },
  RateLimited: { fault: '429' },
  ResultTooLarge: { fault: '413' },
  PmsError: { fault: 'error-in-200' },
  OperationNotSupported: { input: { bpSiteId: zedmed } },
  InvalidInput: { input: { bpSiteId: '' } },
  NotFound: { input: { bpSiteId: '4040' } },
  UpstreamFailed: { fault: 'html' },
  OutcomeUnknown: { fault: 'cut-before' },
};
