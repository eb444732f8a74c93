/** Loads of the DataLoaders that read by id. */
import type { Selection } from '../datasources/domain/selection.ts';
import type { Load } from './count-charged-calls.ts';
import * as questions from './questions.ts';

export const byId = {
  appointments: (fields: Selection): Load => ({
    loader: 'appointments',
    group: '',
    fields,
    question: questions.appointmentsById,
  }),
  patients: (fields: Selection): Load => ({
    loader: 'patients',
    group: '',
    fields,
    question: (keys) => questions.patientsById(keys),
  }),
  users: (fields: Selection): Load => ({
    loader: 'users',
    group: '',
    fields,
    question: (_keys, read) => questions.users(read),
  }),
};
