import {
  GraphQLBoolean,
  type GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
  isEnumType,
} from 'graphql';

/** Code that converts the value in `read` to a value in the response. If it cannot, `field{at}` is called. */
interface LeafText {
  /** The value: `read` itself, or the result of `tool`. Throws like `serialize` of the type. */
  readonly answer: string;
  /** Whether the value, now in `leaf`, can be returned unchanged. */
  readonly isRight: string;
  readonly tool?: unknown;
}

const plainKinds = ['string', 'number', 'boolean'];
const isPlain = (name: string) =>
  `(${plainKinds.map((kind) => `typeof ${name} === '${kind}'`).join(' || ')})`;
const isString = "typeof leaf === 'string'";

/** Types that return such values unchanged. */
const unchanged = new Map<GraphQLLeafType, string>([
  [GraphQLString, isString],
  [GraphQLID, isString],
  [GraphQLBoolean, "typeof leaf === 'boolean'"],
  [GraphQLInt, "typeof leaf === 'number' && (leaf | 0) === leaf"],
  [GraphQLFloat, 'Number.isFinite(leaf)'],
]);

/** @param tool the name of the tool in the code */
export function leafText(type: GraphQLLeafType, tool: string): LeafText {
  const isRight = unchanged.get(type);
  if (isRight) return { answer: 'read', isRight };
  if (isEnumType(type)) return { answer: `${tool}.get(read)`, isRight: isString, tool: namesOf(type) };
  return {
    answer: `${isPlain('read')} ? ${tool}.serialize(read) : undefined`,
    isRight: isPlain('leaf'),
    tool: type,
  };
}

/** Names by internal value. Only values that are strings, numbers or booleans. */
const namesOf = (type: GraphQLEnumType): ReadonlyMap<unknown, string> =>
  new Map(
    type.getValues().flatMap(({ value, name }) => (plainKinds.includes(typeof value) ? [[value, name]] : [])),
  );
