import type { AppointmentQuery } from '../domain/appointment.ts';
import type { Selection } from '../domain/selection.ts';
import type { Question } from '../practice/port.ts';
import type { WriteQuestion } from '../practice/write-port.ts';
import { pageSize } from './references.ts';
import { readsRoles } from './roles.ts';
import { userFields } from './users.ts';

/**
 * Charged calls to answer a question, before anything is known: each list of ids counts at one request for 500, and a
 * search of patients at two pages, because nobody knows how many match and FHIR has to read them all to sort them. The
 * Location search is counted although it may have been made in this operation already.
 */
export function chargesOf(question: Question): number {
  switch (question.method) {
    case 'appointments':
      return bookCharges(question.query) + linkCharges(question.query.fields);
    case 'patients':
      return (
        requests(question.query.ids) +
        (question.query.ids === undefined ? 1 : 0) +
        (question.query.afterId === undefined ? 0 : 1)
      );
    case 'users': {
      const { query } = question;
      const lists = requests(query.ids) * (readsRoles(userFields(query)) ? 2 : 1);
      if (query.appointments === undefined) return lists;
      return lists + bookCharges({}) + (query.appointments.fields.patient ? 1 : 0);
    }
    case 'providerNumbers':
      return requests(question.query.userIds);
    case 'factsForBooking':
      // Not at once: what it takes one by one.
      return 5;
    case 'availableSlots':
      return requests(question.query.userIds) + 1;
    case 'daysAway':
      return 2;
    case 'sessions':
    case 'locations':
    case 'clinicHours':
    case 'appointmentTypes':
    case 'daysClosed':
      return 1;
  }
}

/**
 * The same for a change: where a time is written, its zone needs the Location search; what exists is read first. A user is
 * counted at two roles that lose a day away.
 */
export function chargesOfWrite({ method, change }: WriteQuestion): number {
  switch (method) {
    case 'updateAppointment':
      // A length may be a gain of time, which is looked at.
      return change.durationSeconds === undefined ? 2 : 4;
    case 'addPatient':
      return 1;
    case 'removeDayAway':
      return 3;
    case 'moveAppointment':
      return 3;
    case 'bookAppointment':
    case 'cancelAppointment':
    case 'arriveAppointment':
    case 'updatePatient':
    case 'updateUser':
    case 'addDayAway':
    case 'setClinicHours':
      return 2;
    case 'addDayClosed':
    case 'removeDayClosed':
      return 1;
  }
}

function bookCharges(query: Pick<AppointmentQuery, 'ids' | 'userIds' | 'patientIds'>): number {
  return requests(query.ids) * requests(query.userIds) * requests(query.patientIds) + 1;
}

function linkCharges(fields: Selection): number {
  const users = fields.user === undefined ? 0 : readsRoles(fields.user) ? 2 : 1;
  return users + (fields.patient === undefined ? 0 : 1);
}

function requests(ids: readonly string[] | undefined): number {
  return Math.max(1, Math.ceil((ids?.length ?? 1) / pageSize));
}
