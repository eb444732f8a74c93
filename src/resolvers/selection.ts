/** The selection below a field, for the sources. Fragments, directives and type conditions are resolved. */
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
import { collectSubfields } from 'graphql/execution/collectFields.js';
import { mergeSelections } from '../datasources/domain/merge-selections.ts';
import type { Selection } from '../datasources/domain/selection.ts';
import { questionName } from '../lib/union-field.ts';

type Fields = ReadonlyMap<string, readonly FieldNode[]>;
type MayRead = (field: GraphQLField<unknown, unknown>) => boolean;
type MutableSelection = Record<string, Selection>;

/** Keyed on the variable values: one object for each operation. */
const readers = new WeakMap<object, MayRead>();

/**
 * Removes the fields that the caller may not read from later selections of this operation, so that they are not fetched.
 * Callers with the same rights must pass the same `mayRead` function.
 */
export function readOnly(info: GraphQLResolveInfo, mayRead: MayRead): void {
  readers.set(info.variableValues, mayRead);
}

const isRead = (info: GraphQLResolveInfo, field: GraphQLField<unknown, unknown>): boolean =>
  readers.get(info.variableValues)?.(field) ?? true;

/**
 * Keyed on field nodes, then on `mayRead`. Executors create the array of nodes after they evaluate `@skip` and `@include`.
 * All rows of a list share one array. So do all executions of a compiled operation.
 */
const remembered = new WeakMap<readonly FieldNode[], Map<MayRead | undefined, Selection>>();

/** The selected fields of the records that this field returns. */
export function selectionOf(info: GraphQLResolveInfo): Selection {
  let ofReaders = remembered.get(info.fieldNodes);
  if (!ofReaders) {
    ofReaders = new Map();
    remembered.set(info.fieldNodes, ofReaders);
  }
  const reader = readers.get(info.variableValues);
  let selection = ofReaders.get(reader);
  if (!selection) {
    selection = readSelection(info, info.returnType, info.fieldNodes, {});
    ofReaders.set(reader, selection);
  }
  return selection;
}

/**
 * The selected fields of the record that a mutation changes: those of the payload's field and of its edge. One object for all
 * executions of an operation that selects only one of them.
 */
export function selectionOfChanged(info: GraphQLResolveInfo, name: string): Selection {
  const { [name]: thing, edge } = selectionOf(info);
  if (!edge) return thing ?? noFields;
  return thing ? mergeSelections([thing, edge]) : edge;
}

const noFields: Selection = {};

/** The selected fields if the interface resolves to this type. */
export function selectionOn(info: GraphQLResolveInfo, typeName: string): Selection {
  const type = info.schema.getType(typeName);
  return isObjectType(type) ? readFields(info, type, info.fieldNodes, {}) : {};
}

/** The nodes of one field, in both its shapes, below this field. Connections and unions are skipped. */
export function fieldBelow(info: GraphQLResolveInfo, name: string): FieldBelow[] {
  const found: FieldBelow[] = [];
  visitThings(info, info.returnType, info.fieldNodes, (type, fields) => {
    for (const nodes of fields.values()) {
      const field = type.getFields()[nodes[0]?.name.value ?? ''];
      if (field && questionName(field) === name && isRead(info, field)) found.push({ field, nodes });
    }
  });
  return found;
}

export interface FieldBelow {
  readonly field: GraphQLField<unknown, unknown>;
  readonly nodes: readonly FieldNode[];
}

/** The selection under a field that `fieldBelow` found. */
export function selectionBelow(info: GraphQLResolveInfo, { field, nodes }: FieldBelow): Selection {
  return readSelection(info, field.type, nodes, {});
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
    const field = type.getFields()[nodes[0]?.name.value ?? ''];
    if (!field || !isRead(info, field)) continue;
    const name = questionName(field);
    into[name] = readSelection(info, field.type, nodes, { ...into[name] });
  }
}

/** Visits the object types that a field can return. Unions, their errors and list wrappers are skipped. */
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

/** The fields in which a list wrapper holds its records. Undefined if the type is not a wrapper. */
function contentsOf(type: GraphQLObjectType): readonly string[] | undefined {
  const fields = type.getFields();
  if (fields.nodes) return ['nodes', 'edges'];
  if (fields.slots) return ['slots'];
  if (fields.node && fields.cursor) return ['node'];
  return undefined;
}

const subFields = (
  { schema, fragments, variableValues }: GraphQLResolveInfo,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): Fields => collectSubfields(schema, fragments, variableValues, type, nodes);
