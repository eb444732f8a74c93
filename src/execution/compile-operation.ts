import type {
  DocumentNode,
  ExecutionResult,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import { GraphQLError, Kind } from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { compileSelection } from './compile-selection.ts';
import type { Plan, Select } from './plan.ts';
import { isPromise, Run } from './run.ts';

type Variables = { [variable: string]: unknown };

/** "Executing Operations" of the specification, for coerced variables. */
export type RunOperation = (
  context: unknown,
  variableValues: Variables,
  asBytes: boolean,
) => ExecutionResult | Promise<ExecutionResult>;

/** Compiles a query or mutation; `conditions` are the values of the variables that `@skip` and `@include` name. */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  conditions: Variables,
): RunOperation {
  const fragments = fragmentsOf(document);
  const below = new Map<readonly FieldNode[], Map<GraphQLObjectType, Select>>();
  const plan: Plan = {
    schema,
    operation,
    fragments,
    selectionBelow(type, nodes) {
      const selections = below.get(nodes) ?? new Map<GraphQLObjectType, Select>();
      below.set(nodes, selections);
      const select =
        selections.get(type) ??
        compileSelection(plan, type, collectSubfields(schema, fragments, conditions, type, nodes));
      selections.set(type, select);
      return select;
    },
  };
  const rootType = schema.getRootType(operation.operation);
  if (!rootType) throw new GraphQLError(`The schema has no ${operation.operation}.`);
  const fields = collectFields(schema, fragments, conditions, rootType, operation.selectionSet);
  const select =
    operation.operation === 'mutation'
      ? inTurn([...fields].map((field) => compileSelection(plan, rootType, new Map([field]))))
      : compileSelection(plan, rootType, fields);
  return (context, variableValues, asBytes) => {
    const run = new Run(context, variableValues, asBytes);
    const failed = (error: unknown): ExecutionResult =>
      respond(run, run.nullFor(error as GraphQLError, undefined));
    try {
      const data = select(undefined, run, undefined);
      return isPromise(data) ? data.then((settled) => respond(run, settled), failed) : respond(run, data);
    } catch (error) {
      return failed(error);
    }
  };
}

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const each of definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
  }
  return fragments;
}

/** The fields of a mutation run one after the other, and none after one that leaves no data. */
function inTurn(selections: readonly Select[]): Select {
  return (source, run, path) =>
    selections.reduce<unknown>((before, select) => {
      const next = (answered: unknown): unknown => {
        const answer = select(source, run, path);
        return isPromise(answer)
          ? answer.then((settled) => Object.assign(answered as object, settled))
          : Object.assign(answered as object, answer);
      };
      return isPromise(before) ? before.then(next) : next(before);
    }, {});
}

const respond = ({ errors }: Run, data: unknown): ExecutionResult =>
  errors.length === 0 ? { data: data as Variables } : { errors, data: data as Variables | null };
