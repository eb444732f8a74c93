/** References to the object types, without their fields, so that types can refer to one another without import cycles. */
import type { GraphContext } from '../context.ts';
import type * as domain from '../datasources/domain/index.ts';
import type { SiteCapabilities } from '../datasources/practice/capabilities.ts';
import type { AppointmentChanges } from '../resolvers/appointment/appointment-changes.ts';
import type * as entity from '../resolvers/entities.ts';
import { builder } from './builder/builder.ts';

export const ViewerRef = builder.objectRef<GraphContext>('Viewer');
export const PracticeRef = builder.objectRef<entity.PracticeEntity>('Practice');
export const SiteRef = builder.objectRef<entity.Site>('Site');
export const SiteCapabilitiesRef = builder.objectRef<SiteCapabilities>('SiteCapabilities');
export const LocationRef = builder.objectRef<entity.Location>('Location');
export const ClinicHoursRef = builder.objectRef<entity.ClinicHours>('ClinicHours');
export const DayClosedRef = builder.objectRef<entity.DayClosed>('DayClosed');
export const AddressRef = builder.objectRef<domain.Address>('Address');
export const AppointmentRef = builder.objectRef<entity.Appointment>('Appointment');
export const AppointmentChangesRef = builder.objectRef<AppointmentChanges>('AppointmentChanges');
export const AppointmentTypeRef = builder.objectRef<entity.AppointmentType>('AppointmentType');
export const AvailableSlotsRef = builder.objectRef<entity.AvailableSlots>('AvailableSlots');
export const PatientRef = builder.objectRef<entity.Patient>('Patient');
export const UserRef = builder.objectRef<entity.User>('User');
export const SessionRef = builder.objectRef<entity.Session>('Session');
export const DayAwayRef = builder.objectRef<entity.DayAway>('DayAway');
