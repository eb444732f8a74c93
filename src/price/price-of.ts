import { collectFields, collectSubFields } from '@graphql-tools/utils';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import type { SourcePreference } from '../datasources/domain/pms.ts';
import { variableCoercion } from '../lib/coerce-variables.ts';
import { tooLongLists } from '../resolvers/list-limits.ts';
import { countChargedCalls, type Entities, type Pricing } from './count-charged-calls.ts';
import { declaredPrice, type PricedField, type PricingOptions } from './field-price.ts';
import {
  type Arguments,
  reportedArguments,
  type VariablePart,
  visitVariables,
} from './reported-arguments.ts';

/** The most charged calls of an operation, known before it is executed. */
export interface Price {
  readonly total: number;
  /** The fields with a price, by the response keys that lead to them: `practice.appointments`. */
  readonly byField: readonly { readonly path: string; readonly charged: number }[];
}

export interface PriceOptions extends PricingOptions {
  /** The value of `HALO_SOURCE`. */
  readonly source: SourcePreference;
}

/** An operation with coerced variables. */
export interface Priceable {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As `getVariableValues` gives them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * An upper bound of the charged calls of an operation, from its text and variables, without a request. It holds while Halo
 * Cloud and the practices respond without faults: a cut connection, a read that is repeated after a failure or a timeout, and a
 * lost response to a write cost more. `practice-size.ts` states what it assumes of a practice's size.
 *
 * What would not be executed has no price: an unknown operation, variables that do not fit. The document must be valid and
 * within the limits on documents, because each field is visited as often as its fragments are spread.
 */
export function priceOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>> | null | undefined,
  options: PriceOptions,
): Price {
  const operation = getOperationAST(document, operationName);
  if (!operation) return nothing;
  const { coerced } = variableCoercion(schema, operation)(variables);
  return coerced ? priceOfFitting(schema, { document, operation, variables: coerced }, options) : nothing;
}

/**
 * The same for coerced variables.
 * @param seen receives what decides the price. The price is the same if these parts of the variables are the same, and the
 * same other variables are given and not null.
 */
export function priceOfFitting(
  schema: GraphQLSchema,
  { document, operation, variables: coerced }: Priceable,
  options: PriceOptions,
  seen: (variable: string, part?: VariablePart) => void = () => {},
): Price {
  const root = schema.getRootType(operation.operation);
  if (!root) return nothing;
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  visitDirectives(document, seen);
  const known = new Map<FieldNode, { readonly field: object; readonly args: Arguments | undefined }>();
  const values = { coerced, sources: {} };
  /** Whether `auto` may use the Bp Premier API because an id cannot exist in the database. */
  let mayLeaveSql = false;
  const start: Entities = { practice: '', practices: 1, moment: '', waves: 1, max: 1 };
  const charged = countChargedCalls(options.source, (pricing) => {
    const { fields } = collectFields(schema, fragments, values, root, operation.selectionSet);
    walk(root, fields, start, '', pricing);
  });
  const byField = [...charged]
    .map(([path, calls]) => ({ path, charged: calls }))
    .filter((each) => each.charged > 0);
  if (mayLeaveSql) {
    // Then each field may use either source. The sum of both prices is above any mixture.
    const other = priceOfFitting(
      schema,
      { document, operation, variables: coerced },
      { ...options, source: 'bp-premier' },
      seen,
    );
    byField.push(...other.byField);
  }
  return { total: byField.reduce((sum, each) => sum + each.charged, 0), byField };

  function walk(
    type: GraphQLObjectType,
    fields: ReadonlyMap<string, FieldNode[]>,
    at: Entities,
    above: string,
    pricing: Pricing,
  ): void {
    for (const [key, nodes] of fields) {
      const path = above === '' ? key : `${above}.${key}`;
      const schemaField = type.getFields()[nodes[0]?.name.value ?? ''];
      const field = schemaField && readField(type, schemaField, nodes, path);
      if (!field) continue;
      const price = declaredPrice(schemaField);
      if (price && options.source === 'auto' && !mayLeaveSql) mayLeaveSql = field.holdsForeignId();
      const places = price ? price(at, field, pricing, options) : at;
      if (places === null) continue;
      for (const place of Array.isArray(places) ? (places as readonly Entities[]) : [places as Entities]) {
        for (const below of objectTypes(field)) {
          if (place.type !== undefined && place.type !== below.name) continue;
          const selected = collectSubFields(schema, fragments, values, below, nodes).fields;
          walk(below, selected, without(place), path, pricing);
        }
      }
    }
  }

  /** Undefined if the field is not executed with these arguments. */
  function readField(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    nodes: FieldNode[],
    path: string,
  ): (PricedField & Pick<Arguments, 'holdsForeignId'>) | undefined {
    const [node] = nodes;
    if (!node) return undefined;
    const info = {
      schema,
      fragments,
      operation,
      variableValues: coerced,
      parentType: type,
      fieldName: field.name,
      fieldNodes: nodes,
      returnType: field.type,
    } as unknown as GraphQLResolveInfo;
    const read = argumentsOf(field, node);
    if (!read || tooLongLists(field.args, read.args).length > 0) return undefined;
    return { path, info, ...read };
  }

  /** Undefined if they are invalid. */
  function argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Arguments | undefined {
    // A field of a fragment is visited each time that the fragment is spread.
    const before = known.get(node);
    if (before?.field === field) return before.args;
    let args: Arguments | undefined;
    try {
      args = reportedArguments(getArgumentValues(field, node, coerced), node, seen);
    } catch {}
    known.set(node, { field, args });
    return args;
  }

  function objectTypes({ info: { returnType } }: PricedField): readonly GraphQLObjectType[] {
    const named = getNamedType(returnType);
    if (isAbstractType(named)) return schema.getPossibleTypes(named);
    return isObjectType(named) ? [named] : [];
  }
}

const nothing: Price = { total: 0, byField: [] };

/** These variables decide which fields are executed. */
function visitDirectives(document: DocumentNode, report: (variable: string) => void): void {
  visit(document, { Directive: (directive) => visitVariables(directive, report) });
}

/** The type belongs to the field itself, not to the fields below it. */
function without({ type: _, ...place }: Entities): Entities {
  return place;
}
