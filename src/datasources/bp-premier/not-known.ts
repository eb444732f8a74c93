/** What FHIR as Halo serves it has no place for: said both when a source is chosen and when the question is asked all the same. */
export const takersNotKnown = 'The Bp Premier API does not say which users take appointments.';
export const typesNotKnown = 'The Bp Premier API has no list of appointment types.';
export const closedDaysNotKnown = 'The Bp Premier API does not say on which days the practice is closed.';
