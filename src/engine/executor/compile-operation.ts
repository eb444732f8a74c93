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
import type { Variables } from '../../lib/coerce-variables.ts';
import { isPromise } from '../../lib/is-promise.ts';
import { interpretInTurn } from './interpret-selection.ts';
import type { MakeSelection, Plan, Select, WrapResolver } from './plan.ts';
import { Run } from './run.ts';

/** "Executing Operations" of the specification, for coerced variables. */
export type RunOperation = (
  context: unknown,
  variableValues: Variables,
  asBytes: boolean,
) => ExecutionResult | Promise<ExecutionResult>;

interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly wrap?: WrapResolver | undefined;
}

/**
 * A query or mutation, ready to run.
 * @param makeSelection compiled or interpreted
 * @param conditions values of the variables that `@skip` and `@include` name
 */
export function compileOperation(
  makeSelection: MakeSelection,
  { schema, document, operation, wrap }: Operation,
  conditions: Variables,
): RunOperation {
  const fragments = fragmentsOf(document);
  const below = new Map<readonly FieldNode[], Map<GraphQLObjectType, Select>>();
  let argumentSlots = 0;
  const plan: Plan = {
    schema,
    operation,
    fragments,
    wrap,
    nextArgumentSlot: () => argumentSlots++,
    selectionBelow(type, nodes) {
      const selections = below.get(nodes) ?? new Map<GraphQLObjectType, Select>();
      below.set(nodes, selections);
      const select =
        selections.get(type) ??
        makeSelection(plan, type, collectSubfields(schema, fragments, conditions, type, nodes));
      selections.set(type, select);
      return select;
    },
  };
  const select = rootSelection(makeSelection, plan, conditions);
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

function rootSelection(makeSelection: MakeSelection, plan: Plan, conditions: Variables): Select {
  const { schema, fragments, operation } = plan;
  const rootType = schema.getRootType(operation.operation);
  if (!rootType) throw new GraphQLError(`The schema has no ${operation.operation}.`);
  try {
    const fields = collectFields(schema, fragments, conditions, rootType, operation.selectionSet);
    return (operation.operation === 'mutation' ? interpretInTurn : makeSelection)(plan, rootType, fields);
  } catch (error) {
    // A condition that is null.
    if (!(error instanceof GraphQLError)) throw error;
    return () => {
      throw error;
    };
  }
}

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const each of definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
  }
  return fragments;
}

const respond = ({ errors }: Run, data: unknown): ExecutionResult =>
  errors.length === 0 ? { data: data as Variables } : { errors, data: data as Variables | null };
