import { collectFields, collectSubFields } from '@graphql-tools/utils';
import {
  type ASTNode,
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
import { coerceVariables } from '../lib/coerce-variables.ts';
import { tooLongLists } from '../resolvers/list-limits.ts';
import { countChargedCalls, type Entities, type Pricing } from './count-charged-calls.ts';
import { declaredPrice, type PricedField, type PricingOptions } from './field-price.ts';
import { holdForeignId } from './foreign-ids.ts';

/** What an operation can be charged, before any of it is run. */
export interface Price {
  readonly total: number;
  /** The fields that ask, by the keys of the answer that lead to them: `practice.appointments`. */
  readonly byField: readonly { readonly path: string; readonly charged: number }[];
}

export interface PriceOptions extends PricingOptions {
  /** What `HALO_SOURCE` says. */
  readonly source: SourcePreference;
}

/** An operation that is about to be priced, its variables found to fit. */
export interface Priceable {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As `getVariableValues` gives them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * An upper bound of the charged calls of an operation, worked out from its text and variables without asking anybody. It holds
 * while Halo Cloud and the practices answer without faults: a connection that is cut, a read that is sent again after a
 * failure or that takes too long, and an answer that never came to a write, cost more. What it assumes of a practice's size
 * stands in `steps.ts`.
 *
 * Nothing is priced that would not be run: no such operation, variables that do not fit. The document has to be valid, and
 * within the limits on documents: each field is visited as often as the fragments that hold it are spread.
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
  const { coerced } = coerceVariables(schema, operation, variables);
  return coerced ? priceOfFitting(schema, { document, operation, variables: coerced }, options) : nothing;
}

/**
 * The same for variables that are known to fit.
 * @param seen told of each variable on whose value the price rests: where these are the same, and the same others are given
 * and not null, the price is the same
 */
export function priceOfFitting(
  schema: GraphQLSchema,
  { document, operation, variables: coerced }: Priceable,
  options: PriceOptions,
  seen: (variable: string) => void = () => {},
): Price {
  const root = schema.getRootType(operation.operation);
  if (!root) return nothing;
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  visitDirectives(document, seen);
  const known = new Map<
    FieldNode,
    { readonly field: object; readonly args: PricedField['args'] | undefined }
  >();
  const values = { coerced, sources: {} };
  /** Whether `auto` sends something to the Bp Premier API for an id that the database cannot have. */
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
    // Some fields are then answered by the one source and some by the other: both prices together are above any mixture.
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
      if (price && options.source === 'auto' && !mayLeaveSql) mayLeaveSql = holdForeignId(field.args);
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

  /** Undefined for arguments with which it is not run. */
  function readField(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    nodes: FieldNode[],
    path: string,
  ): PricedField | undefined {
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
    const args = argumentsOf(field, node);
    if (!args || tooLongLists(field.args, args).length > 0) return undefined;
    return { path, args, info };
  }

  /** Undefined: there is something wrong with them. */
  function argumentsOf(
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
  ): PricedField['args'] | undefined {
    // A fragment's field is met wherever the fragment is spread.
    const before = known.get(node);
    if (before?.field === field) return before.args;
    let args: PricedField['args'] | undefined;
    try {
      args = watched(getArgumentValues(field, node, coerced), node);
    } catch {}
    known.set(node, { field, args });
    return args;
  }

  /** Arguments that tell which variables stand in those that somebody looks at. */
  function watched(args: Record<string, unknown>, { arguments: nodes = [] }: FieldNode) {
    const told = new Set<ASTNode>();
    const byName = new Map(nodes.map(({ name, value }) => [name.value, value]));
    const look = (name: string | symbol) => {
      const value = typeof name === 'string' ? byName.get(name) : undefined;
      // A long list is walked through once, however often somebody looks at it.
      if (value && !told.has(value)) visitVariables(value, seen);
      if (value) told.add(value);
    };
    return new Proxy(args, {
      get(of, name) {
        look(name);
        return Reflect.get(of, name);
      },
      getOwnPropertyDescriptor(of, name) {
        look(name);
        return Reflect.getOwnPropertyDescriptor(of, name);
      },
    });
  }

  function objectTypes({ info: { returnType } }: PricedField): readonly GraphQLObjectType[] {
    const named = getNamedType(returnType);
    if (isAbstractType(named)) return schema.getPossibleTypes(named);
    return isObjectType(named) ? [named] : [];
  }
}

const nothing: Price = { total: 0, byField: [] };

function visitVariables(node: ASTNode, tell: (variable: string) => void): void {
  visit(node, { Variable: ({ name }) => tell(name.value) });
}

/** What is asked at all depends on these. */
function visitDirectives(document: DocumentNode, tell: (variable: string) => void): void {
  visit(document, { Directive: (directive) => visitVariables(directive, tell) });
}

/** A type is that of one answer, not of what stands below it. */
function without({ type: _, ...place }: Entities): Entities {
  return place;
}
