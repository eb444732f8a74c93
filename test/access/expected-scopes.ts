/** The scopes of every field, written independently of the schema. The scopes in the schema must be the same. */
import {
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { Scope } from '../../src/scopes.ts';

const types: Readonly<Record<Scope | 'anybody', string>> = {
  anybody: 'Practice Viewer PageInfo InputIssue Address',
  'appointments:read': `Appointment AppointmentConnection AppointmentEdge AppointmentType AppointmentTypes
    AvailableSlots Slot AppointmentBookSnapshot AppointmentBookChanged AppointmentBookGap AppointmentChange AppointmentChanges`,
  'patients:read': 'Patient PatientConnection PatientEdge MedicareCard DvaCard',
  'users:read': 'User UserConnection UserEdge ProviderNumber Sessions Session DaysAway DayAway',
  'clinic:read': `Location LocationConnection LocationEdge ClinicHours DayHours OpenPeriod DaysClosed DayClosed`,
  'sites:read': 'Site Sites Catalogue SiteCapabilities Capability',
  'sql:run': `SqlQuery SqlQueries SqlResult SqlOutputParameter SqlResultPage SqlResultPageInfo
    RegisteredSqlQuery RegisteredSqlQueries`,
  'appointments:write': '',
  'patients:write': '',
  'users:write': '',
  'clinic:write': '',
  'sites:pair': '',
  operator: '',
};

const scopeOfType = new Map(
  Object.entries(types).flatMap(([scope, names]) =>
    names
      .split(/\s+/)
      .filter((name) => name !== '')
      .map((name) => [name, scope === 'anybody' ? [] : [scope as Scope]] as const),
  ),
);

const scopesOfMutation: Readonly<Record<string, readonly Scope[]>> = {
  pairSite: ['sites:pair', 'sites:read'],
  bookAppointment: ['appointments:write', 'appointments:read'],
  updateAppointment: ['appointments:write', 'appointments:read'],
  moveAppointment: ['appointments:write', 'appointments:read'],
  cancelAppointment: ['appointments:write', 'appointments:read'],
  arriveAppointment: ['appointments:write', 'appointments:read'],
  addPatient: ['patients:write', 'patients:read'],
  updatePatient: ['patients:write', 'patients:read'],
  updateUser: ['users:write', 'users:read'],
  addUserDaysAway: ['users:write', 'users:read'],
  removeUserDaysAway: ['users:write', 'users:read'],
  setClinicHours: ['clinic:write', 'clinic:read'],
  addDaysClosed: ['clinic:write', 'clinic:read'],
  removeDaysClosed: ['clinic:write', 'clinic:read'],
  runSql: ['sql:run'],
  startSqlQuery: ['sql:run'],
  registerSqlQuery: ['sql:run'],
  cancelRegisteredSqlQuery: ['sql:run'],
};

export const isFailure = (type: GraphQLNamedType): boolean =>
  isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'HaloError');

const isPayload = ({ name }: GraphQLNamedType): boolean => name.endsWith('Payload');

/** The scopes that reading this type requires. Throws for a type that is not listed. */
export function scopesOfType(type: GraphQLNamedType): readonly Scope[] {
  if (isUnionType(type)) return [...new Set(type.getTypes().flatMap(scopesOfType))];
  // The scopes of the mutation. An id needs the scopes of its own type.
  if (isFailure(type) || isPayload(type) || isInterfaceType(type) || !isObjectType(type)) return [];
  const scopes = scopeOfType.get(type.name);
  if (!scopes) throw new Error(`${type.name}: say in expected-scopes.ts who may read it.`);
  return scopes;
}

/** The scopes that selecting this field requires. */
export function scopesOfField(
  parent: string,
  { name, type }: GraphQLField<unknown, unknown>,
): readonly Scope[] {
  if (parent !== 'Mutation') return scopesOfType(getNamedType(type));
  const scopes = scopesOfMutation[name];
  if (!scopes) throw new Error(`Mutation.${name}: say in expected-scopes.ts who may do it.`);
  return scopes;
}
