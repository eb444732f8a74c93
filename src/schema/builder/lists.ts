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

/** Most clients select the rows only. `nodes` gives them without creating edges and cursors. */
const nodesOf = <Item>(item: ObjectRef<Types, Item>) =>
  ({
    type: [item] as [ObjectRef<Types, Item>],
    nullable: { list: false, items: false },
    description: 'The entries of the page, without cursors.',
    resolve: (page: object) => (page as Page<Item>).nodes,
  }) as const;

export const AppointmentEdge = builder.edgeObject({
  type: AppointmentRef,
  name: 'AppointmentEdge',
  nodeField: { description: 'The appointment.' },
  description: 'An appointment and its cursor.',
});

export const AppointmentConnection = builder.connectionObject(
  {
    type: AppointmentRef,
    name: 'AppointmentConnection',
    description: 'A page of appointments, ordered by local date and time, then id.',
    fields: (t) => ({ nodes: t.field(nodesOf(AppointmentRef)) }),
  },
  AppointmentEdge,
);

export const PatientEdge = builder.edgeObject({
  type: PatientRef,
  name: 'PatientEdge',
  nodeField: { description: 'The patient.' },
  description: 'A patient and its cursor.',
});

export const PatientConnection = builder.connectionObject(
  {
    type: PatientRef,
    name: 'PatientConnection',
    description: 'A page of patients, ordered by last name, first name and id.',
    fields: (t) => ({ nodes: t.field(nodesOf(PatientRef)) }),
  },
  PatientEdge,
);

export const UserConnection = builder.connectionObject(
  {
    type: UserRef,
    name: 'UserConnection',
    description: 'A page of users, ordered by last name, first name and id.',
    fields: (t) => ({ nodes: t.field(nodesOf(UserRef)) }),
  },
  { name: 'UserEdge', nodeField: { description: 'The user.' }, description: 'A user and its cursor.' },
);

export const LocationConnection = builder.connectionObject(
  {
    type: LocationRef,
    name: 'LocationConnection',
    description: 'A page of locations, ordered by id. The first one is the main location.',
    fields: (t) => ({ nodes: t.field(nodesOf(LocationRef)) }),
  },
  {
    name: 'LocationEdge',
    nodeField: { description: 'The location.' },
    description: 'A location and its cursor.',
  },
);

function listOf<Item>(name: string, item: ObjectRef<Types, Item>, description: string) {
  return builder.objectRef<Nodes<Item>>(name).implement({
    description,
    fields: (t) => ({
      nodes: t.field({
        type: [item],
        nullable: { list: false, items: false },
        description: 'All entries. Empty if there are none.',
        resolve: ({ nodes }) => nodes,
      }),
    }),
  });
}

export const Sites = listOf(
  'Sites',
  SiteRef,
  'Sites that share a PMS id. At most one of them is authoritative.',
);
export const AppointmentTypes = listOf(
  'AppointmentTypes',
  AppointmentTypeRef,
  'The types of appointments that the practice books.',
);
export const Sessions = listOf('Sessions', SessionRef, 'The regular weekly sessions of a user.');
export const DaysAway = listOf(
  'DaysAway',
  DayAwayRef,
  'Absences of a user that overlap the requested range.',
);
export const DaysClosed = listOf(
  'DaysClosed',
  DayClosedRef,
  'Closures of the practice that overlap the requested range.',
);
