export type { DayOfWeek } from '../../time/types.ts';
export type * from './appointment.ts';
export type * from './clinic.ts';
export type * from './patient.ts';
export type * from './pms.ts';
export type * from './selection.ts';
export type * from './slot.ts';
export type * from './user.ts';
export type * from './user-query.ts';
