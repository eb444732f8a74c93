/** Questions that several fields send. */
import type { Selection } from '../datasources/domain/selection.ts';
import type { PricedQuestion } from '../datasources/practice/source-adapter.ts';
import { twoDays } from './page-and-range.ts';

export const locations: PricedQuestion = { method: 'locations', query: undefined };
export const clinicHours: PricedQuestion = { method: 'clinicHours', query: undefined };
export const appointmentTypes: PricedQuestion = { method: 'appointmentTypes', query: undefined };
export const daysClosed: PricedQuestion = { method: 'daysClosed', query: twoDays };

export const appointmentsById = (ids: number, fields: Selection): PricedQuestion => ({
  method: 'appointments',
  query: { ids: { length: ids }, fields },
});
export const patientsById = (ids: number): PricedQuestion => ({
  method: 'patients',
  query: { ids: { length: ids }, fields: {} },
});
/** All users and some users cost the same: a practice has at most one request full of them. */
export const users = (fields: Selection): PricedQuestion => ({ method: 'users', query: { fields } });

/** A search, or a search among these ids. */
export const patientSearch = (isContinued: boolean, ids?: number): PricedQuestion => ({
  method: 'patients',
  query: {
    search: {},
    fields: {},
    ...(ids !== undefined && { ids: { length: ids } }),
    ...(isContinued && { afterId: '1' }),
  },
});

const oneUser = { userIds: { length: 1 } };
export const providerNumbers: PricedQuestion = { method: 'providerNumbers', query: oneUser };
export const sessions: PricedQuestion = { method: 'sessions', query: oneUser };
export const daysAway: PricedQuestion = { method: 'daysAway', query: { ...twoDays, ...oneUser } };
