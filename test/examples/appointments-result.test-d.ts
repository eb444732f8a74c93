/** Checked by the compiler alone: the generated client makes a consumer name every way in which the day book can fail. */
import type { DayBookQuery } from '../../examples/client/graphql.ts';

type Found = Extract<DayBookQuery['practice'], { __typename: 'Practice' }>;
type AppointmentsResult = Found['appointments'];

export function headline(result: AppointmentsResult): string {
  switch (result.__typename) {
    case 'AppointmentConnection':
      return `${result.nodes.length} appointments`;
    case 'AuthoritativeServerChanged':
    case 'PracticeIdentityChanged':
    case 'AccessDenied':
    case 'SiteUnavailable':
    case 'QueryTimedOut':
    case 'RateLimited':
    case 'ResultTooLarge':
    case 'PmsError':
    case 'OperationNotSupported':
    case 'InvalidInput':
    case 'UpstreamFailed':
      return result.message;
    default:
      return result satisfies never;
  }
}

export function forgetful(result: AppointmentsResult): string {
  switch (result.__typename) {
    case 'AppointmentConnection':
      return `${result.nodes.length} appointments`;
    case 'SiteUnavailable':
      return result.message;
    default:
      // @ts-expect-error: ten members are still to be named
      return result satisfies never;
  }
}

type Row = Extract<AppointmentsResult, { __typename: 'AppointmentConnection' }>['nodes'][number];

export const instant: Row['start'] = '2026-11-23T09:15:00+10:30';
// @ts-expect-error: a time of day is no instant
export const noInstant: Row['start'] = '09:15';
// @ts-expect-error: a word of another enum
export const noStatus: Row['status'] = 'ACTIVE';
// @ts-expect-error: a link can be null, so its fields are out of reach until that is looked at
export const name = (row: Row): string => row.patient.fullName;
