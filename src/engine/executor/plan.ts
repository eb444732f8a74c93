/** The interfaces between the parts of a compiled operation. */
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

/** The fields of one object in the response, by response name. A promise if one of them is asynchronous. */
export interface Select {
  (source: unknown, run: Run, path: Path | undefined): unknown;
  /** The fields of each object that it returns, in order. Undefined: not known. */
  readonly members?: readonly Member[];
}

/** One field of an object in the response. */
export interface Member {
  readonly responseName: string;
  /** Set if the value is always this text. */
  readonly constant?: string;
  /** The selection of a value that is an object or null. */
  readonly below?: (() => Select) | undefined;
}

/** The value of one field in the response, or a promise of it. Throws an error that makes a field above it null. */
export type RunField = (source: unknown, read: unknown, run: Run, parentPath: Path | undefined) => unknown;

/** Converts the result of a resolver to the value in the response, or a promise of it. Throws an error without a location. */
export type Complete = (value: unknown, run: Run, path: Path, info: GraphQLResolveInfo) => unknown;

/** Makes a function for a selection: compiled to code, or interpreted. */
export type MakeSelection = (
  plan: Plan,
  type: GraphQLObjectType,
  selected: ReadonlyMap<string, readonly FieldNode[]>,
) => Select;

/** Wraps a resolver. */
export type WrapResolver = (
  resolve: GraphQLFieldResolver<unknown, unknown>,
) => GraphQLFieldResolver<unknown, unknown>;

/** One operation with one set of values for `@skip` and `@include`. Its fields are known, their arguments are not. */
export interface Plan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  /** Called once for each field that has a resolver. @default resolvers run as they are */
  readonly wrap?: WrapResolver | undefined;
  /** Index in `Run.arguments` for the arguments of one more field. */
  nextArgumentSlot(): number;
  /** The selection below these nodes for this type. It is compiled once. */
  selectionBelow(type: GraphQLObjectType, nodes: readonly FieldNode[]): Select;
}
