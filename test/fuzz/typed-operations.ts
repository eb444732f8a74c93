/** One field that takes arguments, of each that the schema has, with variables that nearly fit. */
import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLOutputType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { schema } from '../../src/schema/index.ts';
import { valueFor } from './hostile-values.ts';

const practice = (inner: string) => `practice(bpSiteId: "1001") { __typename ... on Practice { ${inner} } }`;
const ways: Readonly<Record<string, (inner: string) => string>> = {
  Query: (inner) => inner,
  Mutation: (inner) => inner,
  Practice: practice,
  User: (inner) => practice(`users(first: 2) { ... on UserConnection { nodes { ${inner} } } }`),
  Patient: (inner) =>
    practice(`patients(search: { pmsIds: ["1", "2"] }) { ... on PatientConnection { nodes { ${inner} } } }`),
  Site: (inner) => practice(`site { ${inner} }`),
};

/** The selection set: large enough that the server computes the result. */
function answerOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  if (!isUnionType(named)) return isAbstractType(named) ? '{ __typename id }' : '{ __typename }';
  const lists = named
    .getTypes()
    .filter((member) => 'nodes' in member.getFields())
    .map((member) => `... on ${member.name} { nodes { __typename } }`);
  return `{ __typename ... on HaloError { code message } ... on InvalidInput { issues { path message } } ${lists.join(' ')} }`;
}

function operationsOf(typeName: string, { name, args, type }: GraphQLField<unknown, unknown>) {
  const head = args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const kind = typeName === 'Mutation' ? 'mutation' : 'query';
  const query = `${kind} Typed(${head}) { ${ways[typeName]?.(`${name}(${given}) ${answerOf(type)}`)} }`;
  return fc
    .record(Object.fromEntries(args.map((arg) => [arg.name, valueFor(arg.type)])))
    .map((variables) => ({ query, variables }));
}

const fields = Object.keys(ways).flatMap((typeName) => {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`The schema has no ${typeName} any more.`);
  return Object.values(type.getFields())
    .filter(({ args }) => args.length > 0)
    .map((field) => operationsOf(typeName, field));
});

export const typedOperation: fc.Arbitrary<{
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}> = fc.oneof(...fields);
