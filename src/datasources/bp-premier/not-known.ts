import type { Selection } from '../domain/selection.ts';
import type { Question } from '../practice/source-adapter.ts';

/** Reasons why Halo's FHIR API cannot answer. Used when a source is chosen, and when the query is sent anyway. */
export const takersNotKnown = 'The Bp Premier API does not say which users take appointments.';
export const typesNotKnown = 'The Bp Premier API has no list of appointment types.';
export const closedDaysNotKnown = 'The Bp Premier API does not say on which days the practice is closed.';
export const notAtOnce = 'The Bp Premier API has no single query for all facts of a booking.';
export const neverOpenNotKnown = 'The Bp Premier API cannot say that a location is never open.';

const ofAppointments = ['pmsStatus', 'urgent', 'arrivedAt', 'consultationStartedAt', 'telehealthUrl'];

/** The selected fields that FHIR leaves null. Undefined when it has all of them. */
export function leftOut(question: Question): string | undefined {
  switch (question.method) {
    case 'appointments':
      return named(question.query.fields, ofAppointments);
    case 'users':
      return (
        named(question.query.fields, ['takesAppointments']) ??
        named(question.query.appointments?.fields ?? {}, ofAppointments)
      );
    case 'sessions':
      return 'slot lengths and validity of sessions';
    case 'daysAway':
      return 'ids of absences';
    default:
      return undefined;
  }
}

function named(fields: Selection, unknown: readonly string[]): string | undefined {
  return unknown.filter((field) => field in fields).join(', ') || undefined;
}
