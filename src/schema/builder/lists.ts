/** Relay connections, and the plain lists that an error union wraps. */
import type { ObjectRef } from '@pothos/core';
import type { Nodes, Page } from '../../resolvers/entities.ts';
import {
  AppointmentRef,
  AppointmentTypeRef,
  DayAwayRef,
  DayClosedRef,
  LocationRef,
  PatientRef,
  SessionRef,
  SiteRef,
  UserRef,
} from '../refs.ts';
import { builder } from './builder.ts';

type Types = typeof builder.$inferSchemaTypes;

/** Of a page's own, not of its edges: most ask for the rows alone, and need no cursor. */
const nodesOf = <Item>(item: ObjectRef<Types, Item>) =>
  ({
    type: [item] as [ObjectRef<Types, Item>],
    nullable: { list: false, items: false },
    description: 'The page without cursors.',
    resolve: (page: object) => (page as Page<Item>).nodes,
  }) as const;

export const AppointmentEdge = builder.edgeObject({
  type: AppointmentRef,
  name: 'AppointmentEdge',
  description: 'An appointment and its place in the book.',
});

export const AppointmentConnection = builder.connectionObject(
  {
    type: AppointmentRef,
    name: 'AppointmentConnection',
    description: 'A page of appointments in order of local date and time, then id.',
    fields: (t) => ({ nodes: t.field(nodesOf(AppointmentRef)) }),
  },
  AppointmentEdge,
);

export const PatientEdge = builder.edgeObject({
  type: PatientRef,
  name: 'PatientEdge',
  description: 'A patient and the place in the list.',
});

export const PatientConnection = builder.connectionObject(
  {
    type: PatientRef,
    name: 'PatientConnection',
    description: 'A page of patients in order of last name, first name, and id.',
    fields: (t) => ({ nodes: t.field(nodesOf(PatientRef)) }),
  },
  PatientEdge,
);

export const UserConnection = builder.connectionObject(
  {
    type: UserRef,
    name: 'UserConnection',
    description: 'A page of users in order of last name, first name, and id.',
    fields: (t) => ({ nodes: t.field(nodesOf(UserRef)) }),
  },
  { name: 'UserEdge', description: 'A user and the place in the list.' },
);

export const LocationConnection = builder.connectionObject(
  {
    type: LocationRef,
    name: 'LocationConnection',
    description: 'A page of locations in order of id; the first is the main one.',
    fields: (t) => ({ nodes: t.field(nodesOf(LocationRef)) }),
  },
  { name: 'LocationEdge', description: 'A location and its place in the list.' },
);

function listOf<Item>(name: string, item: ObjectRef<Types, Item>, description: string) {
  return builder.objectRef<Nodes<Item>>(name).implement({
    description,
    fields: (t) => ({
      nodes: t.field({
        type: [item],
        nullable: { list: false, items: false },
        description: 'All of them; an empty list means that there are none.',
        resolve: ({ nodes }) => nodes,
      }),
    }),
  });
}

export const Sites = listOf(
  'Sites',
  SiteRef,
  'Sites that share a PMS id: of several, at most one is authoritative.',
);
export const AppointmentTypes = listOf(
  'AppointmentTypes',
  AppointmentTypeRef,
  'The kinds of appointments that the practice books.',
);
export const Sessions = listOf('Sessions', SessionRef, 'The regular weekly sessions of a user.');
export const DaysAway = listOf('DaysAway', DayAwayRef, 'Absences of a user that touch the range asked for.');
export const DaysClosed = listOf(
  'DaysClosed',
  DayClosedRef,
  'Days on which the practice is closed, as far as they touch the range asked for.',
);
