import type { AppointmentQuery } from '../domain/appointment.ts';
import type { PatientSearch } from '../domain/patient.ts';
import type { Selection } from '../domain/selection.ts';
import type { FhirCapability } from '../halo-cloud/practice-connection.ts';
import type { Question, Support } from '../practice/source-adapter.ts';
import type { WriteQuestion } from '../practice/write-port.ts';
import { isNeverOpen } from './clinic-writes.ts';
import {
  closedDaysNotKnown,
  leftOut,
  neverOpenNotKnown,
  notAtOnce,
  takersNotKnown,
  typesNotKnown,
} from './not-known.ts';
import { criteriaOf, searchesFor } from './patient-search.ts';
import { readsRoles } from './roles.ts';
import { userFields } from './users.ts';

/** A feature that the CapabilityStatement must list, so that FHIR can answer a query completely. */
type Need =
  | { readonly resource: string; readonly parameter?: string; readonly label?: string }
  | { readonly patients: PatientSearch }
  | { readonly resource: string; readonly operation: string }
  | { readonly resource: string; readonly interaction: 'create' | 'read' | 'update' };

/** Whether a site with this CapabilityStatement can answer a query. If not, the reason names the missing part. */
export function supportFor(question: Question, capability: FhirCapability): Support {
  const needs = needsOf(question);
  if (typeof needs === 'string') return { can: false, reason: needs };
  const reason = firstMissing(needs, capability);
  if (reason !== undefined) return { can: false, reason };
  const leavesOut = leftOut(question);
  return leavesOut === undefined ? { can: true } : { can: true, leavesOut };
}

/** The same for a change. A site that lists an interaction declares its support, so it is never `assumed`. */
export function writeSupportFor(write: WriteQuestion, capability: FhirCapability): Support {
  const needs = writeNeedsOf(write);
  if (typeof needs === 'string') return { can: false, reason: needs };
  const reason = firstMissing(needs, capability);
  return reason === undefined ? { can: true } : { can: false, reason };
}

function writeNeedsOf(write: WriteQuestion): readonly Need[] | string {
  switch (write.method) {
    case 'bookAppointment':
      return [{ resource: 'Appointment', interaction: 'create' }, { resource: 'Location' }];
    case 'moveAppointment':
      return [...readAndUpdate('Appointment'), { resource: 'Location' }];
    case 'updateAppointment':
    case 'cancelAppointment':
    case 'arriveAppointment':
      return readAndUpdate('Appointment');
    case 'addPatient':
      return [{ resource: 'Patient', interaction: 'create' }];
    case 'updatePatient':
      return readAndUpdate('Patient');
    case 'updateUser':
      return write.change.takesAppointments === undefined ? readAndUpdate('Practitioner') : takersNotKnown;
    case 'addDayAway':
    case 'removeDayAway':
      return [{ resource: 'PractitionerRole' }, { resource: 'PractitionerRole', interaction: 'update' }];
    case 'setClinicHours':
      return isNeverOpen(write.change.week) ? neverOpenNotKnown : readAndUpdate('Location');
    case 'addDayClosed':
    case 'removeDayClosed':
      return closedDaysNotKnown;
  }
}

function readAndUpdate(resource: string): readonly Need[] {
  return [
    { resource, interaction: 'read' },
    { resource, interaction: 'update' },
  ];
}

/** The needs of a query, or the reason why FHIR can never answer it. */
function needsOf(question: Question): readonly Need[] | string {
  switch (question.method) {
    case 'appointments':
      return [...bookNeeds(question.query), ...linkNeeds(question.query.fields)];
    case 'factsForBooking':
      return notAtOnce;
    case 'appointmentTypes':
      return typesNotKnown;
    case 'availableSlots':
      return [{ resource: 'Slot', operation: 'find-free' }, { resource: 'Location' }];
    case 'patients':
      return [
        { resource: 'Patient' },
        ...(question.query.ids || question.query.afterId ? [idList('Patient')] : []),
        ...(question.query.search && !question.query.ids ? [{ patients: question.query.search }] : []),
      ];
    case 'users': {
      const { query } = question;
      if (query.takesAppointments !== undefined) return takersNotKnown;
      return [
        ...(query.ids ? [idList('Practitioner')] : [{ resource: 'Practitioner' }]),
        ...(readsRoles(userFields(query)) ? [practitionerRoles] : []),
        ...(query.appointments ? bookNeeds({ ...query.appointments, userIds: [] }) : []),
        ...(query.appointments?.fields.patient ? [idList('Patient')] : []),
      ];
    }
    case 'providerNumbers':
      return [practitionerRoles];
    case 'sessions':
      return [{ resource: 'PractitionerRole' }];
    case 'daysAway':
      return [{ resource: 'PractitionerRole' }, { resource: 'Location' }];
    case 'locations':
    case 'clinicHours':
      return [{ resource: 'Location' }];
    case 'daysClosed':
      return closedDaysNotKnown;
  }
}

const idList = (resource: string): Need => ({ resource, parameter: '_id', label: 'id' });
const practitionerRoles: Need = { resource: 'PractitionerRole', parameter: 'practitioner' };

/** Status and location are no needs, because the adapter filters by them itself. */
function bookNeeds(query: AppointmentQuery): readonly Need[] {
  const filters = {
    _id: query.ids,
    date: query.from ?? query.to,
    practitioner: query.userIds,
    patient: query.patientIds,
  };
  const parameters = Object.entries(filters).filter(([, value]) => value !== undefined);
  return [
    { resource: 'Appointment' },
    ...parameters.map(([parameter]) => ({ resource: 'Appointment', parameter })),
    { resource: 'Location' },
  ];
}

function linkNeeds(fields: Selection): readonly Need[] {
  return [
    ...(fields.patient ? [idList('Patient')] : []),
    ...(fields.user ? [idList('Practitioner')] : []),
    ...(fields.user && readsRoles(fields.user) ? [practitionerRoles] : []),
  ];
}

function firstMissing(needs: readonly Need[], capability: FhirCapability): string | undefined {
  return needs.map((need) => missing(need, capability)).find((each) => each !== null) ?? undefined;
}

/** A server without `name` can still search by parts of the name, or by another criterion. The check covers the rest. */
function missingSearch(search: PatientSearch, capability: FhirCapability): string | null {
  const criteria = criteriaOf(search) ?? [];
  const offered = capability.resources.get('Patient')?.searchParams;
  const lists = (parameter: string) => offered?.has(parameter) ?? false;
  const isFound = searchesFor(criteria, lists).length > 0;
  const lacking = criteria.find(
    ({ parameter, instead }) => !lists(parameter) && !(instead !== undefined && isFound),
  );
  return lacking === undefined
    ? null
    : `Patient search by ${lacking.label} is not listed in this site's CapabilityStatement.`;
}

function missing(need: Need, capability: FhirCapability): string | null {
  if ('patients' in need) return missingSearch(need.patients, capability);
  const offered = capability.resources.get(need.resource);
  if ('operation' in need) {
    // Some servers list an operation of a resource among the operations of the whole server.
    return offered && [offered, capability].some(({ operations }) => operations.has(need.operation))
      ? null
      : `${need.resource} $${need.operation} is not listed in this site's CapabilityStatement.`;
  }
  if ('interaction' in need) {
    return offered?.interactions.has(need.interaction)
      ? null
      : `${need.resource} ${need.interaction} is not listed in this site's CapabilityStatement.`;
  }
  if (!offered?.interactions.has('search-type')) {
    return `${need.resource} search is not listed in this site's CapabilityStatement.`;
  }
  if (need.parameter === undefined || offered.searchParams.has(need.parameter)) return null;
  return `${need.resource} search by ${need.label ?? need.parameter} is not listed in this site's CapabilityStatement.`;
}
