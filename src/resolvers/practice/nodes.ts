import type { GraphQLResolveInfo } from 'graphql';
import { requireScopes } from '../../auth/scope-check.ts';
import type { GraphContext } from '../../context.ts';
import { isPmsId, type Practice } from '../../datasources/practice/practice.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import type { Scope } from '../../scopes.ts';
import { clinicHoursAt } from '../clinic/clinic.ts';
import type { NodeEntity } from '../entities.ts';
import { type GlobalId, type KeyedType, type NodeType, readGlobalId } from '../global-id.ts';
import { selectionOn } from '../selection.ts';
import { site, siteOfPractice } from '../site/sites.ts';
import { openSqlSite } from '../sql/sql-place.ts';
import { findQuery } from '../sql/sql-queries.ts';
import { findRegistered } from '../sql/sql-registered.ts';

/** Scopes for reading a node by id: the same as for the fields that return it. */
const scopesOf: Readonly<Record<NodeType, readonly Scope[]>> = {
  Practice: [],
  Site: ['sites:read'],
  Location: ['clinic:read'],
  ClinicHours: ['clinic:read'],
  User: ['users:read'],
  Patient: ['patients:read'],
  Appointment: ['appointments:read'],
  AppointmentType: ['appointments:read'],
  SqlQuery: ['sql:run'],
  RegisteredSqlQuery: ['sql:run'],
};

/** `Query.node`: null if there is no such node. Throws InvalidInput for a text that is not a global id. */
export function node(
  _root: unknown,
  { id }: { id: string },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<NodeEntity | null> {
  return readNode(id, ['id'], context, info);
}

/** `Query.nodes`: in the order of the argument. Each fails alone. Nodes of one practice are read in one batch. */
export function nodes(
  _root: unknown,
  { ids }: { ids: readonly string[] },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<NodeEntity | null>[] {
  return ids.map((id, index) => readNode(id, ['ids', String(index)], context, info));
}

async function readNode(
  text: string,
  path: readonly string[],
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<NodeEntity | null> {
  const id = readGlobalId(text);
  if (!id) throw new InvalidInput([{ path, message: 'This is not a global id.' }]);
  if (isKeyed(id)) throw new InvalidInput([{ path, message: `A ${id.type} cannot be fetched by its id.` }]);
  requireScopes(context.caller, scopesOf[id.type]);
  try {
    if ('queryId' in id) return await queryOf(id, context);
    if ('haloGuid' in id) return await site(undefined, id, context);
    const practice = await context.practices.find(id.pms, id.pmsSiteId);
    return await thingOf(practice, id, context, info);
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

type KeyedId = Extract<GlobalId, { readonly type: KeyedType }>;

const isKeyed = (id: GlobalId): id is KeyedId => !(id.type in scopesOf);

async function queryOf(
  { type, haloGuid, queryId }: Extract<GlobalId, { queryId: unknown }>,
  context: GraphContext,
): Promise<NodeEntity | null> {
  const { sqlSite } = await openSqlSite({ haloGuid }, context);
  return type === 'SqlQuery' ? findQuery(sqlSite, queryId) : findRegistered(sqlSite, queryId);
}

async function thingOf(
  practice: Practice,
  { type, pmsId }: Exclude<Extract<GlobalId, { pms: unknown }>, KeyedId>,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<NodeEntity | null> {
  if (type === 'Practice') return { kind: type, practice };
  if (type === 'Site') {
    return siteOfPractice({ kind: 'Practice', practice }, context, selectionOn(info, type));
  }
  if (pmsId === null || !isPmsId(pmsId)) return null;
  const wanted = { id: pmsId, fields: selectionOn(info, type) };
  switch (type) {
    case 'Appointment': {
      const data = await practice.appointments.load(wanted);
      return data && { kind: type, practice, data };
    }
    case 'AppointmentType': {
      const types = await practice.data.appointmentTypes();
      const data = types.find((each) => each.pmsId === pmsId);
      return data ? { kind: type, practice, data } : null;
    }
    case 'Patient': {
      const data = await practice.patients.load(wanted);
      return data && { kind: type, practice, data };
    }
    case 'User': {
      const data = await practice.users.load(wanted);
      return data && { kind: type, practice, data };
    }
    case 'Location': {
      const data = await practice.location(pmsId);
      return data && { kind: type, practice, data };
    }
    case 'ClinicHours':
      return clinicHoursAt(practice, pmsId);
  }
}
