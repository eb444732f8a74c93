/** What of a field's answer somebody will read, for the sources: fragments, directives and type conditions resolved. */
import { collectSubFields } from '@graphql-tools/utils';
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNamedType,
  isAbstractType,
  isObjectType,
} from 'graphql';
import type { Selection } from '../datasources/practice-data.ts';

type Fields = Map<string, FieldNode[]>;
type MayRead = (field: GraphQLField<unknown, unknown>) => boolean;
type MutableSelection = Record<string, Selection>;

/** By variable values (one object an operation), then by field nodes (one array for all rows of a list). */
const remembered = new WeakMap<object, WeakMap<readonly FieldNode[], Selection>>();

/** By variable values (one object an operation). */
const readers = new WeakMap<object, MayRead>();

/** From now on selections of this operation leave out what its caller may not read, so that nobody fetches it. */
export function readOnly(info: GraphQLResolveInfo, mayRead: MayRead): void {
  readers.set(info.variableValues, mayRead);
}

const isRead = (info: GraphQLResolveInfo, field: GraphQLField<unknown, unknown> | undefined): boolean =>
  field !== undefined && (readers.get(info.variableValues)?.(field) ?? true);

/** The fields that will be read of the things that this field answers. */
export function selectionOf(info: GraphQLResolveInfo): Selection {
  let ofOperation = remembered.get(info.variableValues);
  if (!ofOperation) {
    ofOperation = new WeakMap();
    remembered.set(info.variableValues, ofOperation);
  }
  let selection = ofOperation.get(info.fieldNodes);
  if (!selection) {
    selection = readSelection(info, info.returnType, info.fieldNodes, {});
    ofOperation.set(info.fieldNodes, selection);
  }
  return selection;
}

/** The fields that will be read when an interface turns out to be this type. */
export function selectionOn(info: GraphQLResolveInfo, typeName: string): Selection {
  const type = info.schema.getType(typeName);
  return isObjectType(type) ? readFields(info, type, info.fieldNodes, {}) : {};
}

/** The nodes of one field of the things that this field answers, connection and union left out. */
export function fieldBelow(info: GraphQLResolveInfo, name: string): FieldBelow[] {
  const found: FieldBelow[] = [];
  visitThings(info, info.returnType, info.fieldNodes, (type, fields) => {
    for (const nodes of fields.values()) {
      if (nodes[0]?.name.value === name && isRead(info, type.getFields()[name])) found.push({ type, nodes });
    }
  });
  return found;
}

export interface FieldBelow {
  readonly type: GraphQLObjectType;
  readonly nodes: readonly FieldNode[];
}

/** The selection under a field that `fieldBelow` found. */
export function selectionBelow(info: GraphQLResolveInfo, { type, nodes }: FieldBelow): Selection {
  const field = type.getFields()[nodes[0]?.name.value ?? ''];
  return field ? readSelection(info, field.type, nodes, {}) : {};
}

function readSelection(
  info: GraphQLResolveInfo,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  into: MutableSelection,
): Selection {
  visitThings(info, type, nodes, (thing, fields) => addFields(info, thing, fields, into));
  return into;
}

function readFields(
  info: GraphQLResolveInfo,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  into: MutableSelection,
): Selection {
  addFields(info, type, subFields(info, type, nodes), into);
  return into;
}

function addFields(
  info: GraphQLResolveInfo,
  type: GraphQLObjectType,
  fields: Fields,
  into: MutableSelection,
): void {
  for (const nodes of fields.values()) {
    const name = nodes[0]?.name.value ?? '';
    const field = type.getFields()[name];
    if (!field || !isRead(info, field)) continue;
    into[name] = readSelection(info, field.type, nodes, { ...into[name] });
  }
}

/** Visits the object types that a field can answer, past unions, their errors, and the wrappers of lists. */
function visitThings(
  info: GraphQLResolveInfo,
  outputType: GraphQLOutputType,
  nodes: readonly FieldNode[],
  visit: (type: GraphQLObjectType, fields: Fields) => void,
): void {
  const named = getNamedType(outputType);
  const types = isAbstractType(named)
    ? info.schema.getPossibleTypes(named)
    : isObjectType(named)
      ? [named]
      : [];
  for (const type of types) {
    if (type.getInterfaces().some((parent) => parent.name === 'HaloError')) continue;
    const fields = subFields(info, type, nodes);
    const contents = contentsOf(type);
    if (!contents) {
      visit(type, fields);
      continue;
    }
    for (const below of fields.values()) {
      const field = type.getFields()[below[0]?.name.value ?? ''];
      if (field && contents.includes(field.name)) visitThings(info, field.type, below, visit);
    }
  }
}

/** The fields by which a wrapper holds its things; undefined for a thing. */
function contentsOf(type: GraphQLObjectType): readonly string[] | undefined {
  const fields = type.getFields();
  if (fields.nodes) return ['nodes', 'edges'];
  if (fields.slots) return ['slots'];
  if (fields.node && fields.cursor) return ['node'];
  return undefined;
}

const variables = new WeakMap<object, { coerced: Record<string, unknown>; sources: Record<string, never> }>();

function subFields(info: GraphQLResolveInfo, type: GraphQLObjectType, nodes: readonly FieldNode[]): Fields {
  let values = variables.get(info.variableValues);
  if (!values) {
    values = { coerced: info.variableValues, sources: {} };
    variables.set(info.variableValues, values);
  }
  return collectSubFields(info.schema, info.fragments, values, type, nodes as FieldNode[]).fields;
}
