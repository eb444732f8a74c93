/** What the parts of a compiled operation hand to one another. */
import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLFieldResolver,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { Run } from './run.ts';

export type Path = GraphQLResolveInfo['path'];

/** The fields of one object, by response name, as its reader will see them; a promise when one of them has to wait. */
export type Select = (source: unknown, run: Run, path: Path | undefined) => unknown;

/** One field of one object: its value for the answer, or a promise of it. Throws what a null above it must answer for. */
export type RunField = (source: unknown, read: unknown, run: Run, parentPath: Path | undefined) => unknown;

/** What a resolver gave, as its reader will see it, or a promise of it. Throws what went wrong, not yet located. */
export type Complete = (value: unknown, run: Run, path: Path, info: GraphQLResolveInfo) => unknown;

/** How the fields of a selection become a function: compiled to code, or interpreted. */
export type MakeSelection = (
  plan: Plan,
  type: GraphQLObjectType,
  selected: ReadonlyMap<string, readonly FieldNode[]>,
) => Select;

/** Makes another resolver of a resolver. */
export type WrapResolver = (
  resolve: GraphQLFieldResolver<unknown, unknown>,
) => GraphQLFieldResolver<unknown, unknown>;

/** One operation under one set of `@skip` and `@include`: which fields are asked for is settled, their arguments are not. */
export interface Plan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  /** Called once for each field that has a resolver. @default resolvers run as they are */
  readonly wrap?: WrapResolver | undefined;
  /** Where an execution keeps the arguments of one more field: an index of `Run.arguments`. */
  nextArgumentSlot(): number;
  /** The selection below these nodes when it is asked of this type: compiled once. */
  selectionBelow(type: GraphQLObjectType, nodes: readonly FieldNode[]): Select;
}
