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

/** How generated text makes an answer of what stands in `read`. In doubt the field goes the long way. */
interface LeafText {
  /** What is to be answered: `read` itself, or what `tool` makes of it. Throws what the type's own `serialize` throws. */
  readonly answer: string;
  /** Whether that, standing in `leaf`, can be answered as it is. */
  readonly isRight: string;
  readonly tool?: unknown;
}

const plainKinds = ['string', 'number', 'boolean'];
const isPlain = (name: string) =>
  `(${plainKinds.map((kind) => `typeof ${name} === '${kind}'`).join(' || ')})`;
const isString = "typeof leaf === 'string'";

/** The types that answer such values unchanged. */
const unchanged = new Map<GraphQLLeafType, string>([
  [GraphQLString, isString],
  [GraphQLID, isString],
  [GraphQLBoolean, "typeof leaf === 'boolean'"],
  [GraphQLInt, "typeof leaf === 'number' && (leaf | 0) === leaf"],
  [GraphQLFloat, 'Number.isFinite(leaf)'],
]);

/** `tool` is the name by which the text will know the tool. */
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

/** By what stands for them inside, as far as that is plain. */
const namesOf = (type: GraphQLEnumType): ReadonlyMap<unknown, string> =>
  new Map(
    type.getValues().flatMap(({ value, name }) => (plainKinds.includes(typeof value) ? [[value, name]] : [])),
  );
