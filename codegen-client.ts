/** What `npm run codegen` writes of the schema for consumers, besides the typed operations. */
import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';

const quoted = (text: string): string => `'${text}'`;
const own = (schema: GraphQLSchema): GraphQLNamedType[] =>
  Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** Which types a union or an interface can be. */
export function possibleTypes(schema: GraphQLSchema): string {
  const lines = own(schema)
    .filter(isAbstractType)
    .map((type) => {
      const names = schema.getPossibleTypes(type).map(({ name }) => quoted(name));
      return `  ${type.name}: [${names.join(', ')}],`;
    });
  return `/** For Apollo's \`InMemoryCache\`. */\nexport const possibleTypes: Record<string, string[]> = {\n${lines.join('\n')}\n};\n`;
}

/** The types, fields and arguments, as Graphcache reads them: enough to match fragments and to know what can be null. */
export function introspection(schema: GraphQLSchema): string {
  const any = { kind: 'SCALAR', name: 'Any' };
  const typeRef = (type: GraphQLOutputType): object =>
    isNonNullType(type)
      ? { kind: 'NON_NULL', ofType: typeRef(type.ofType) }
      : isListType(type)
        ? { kind: 'LIST', ofType: typeRef(type.ofType) }
        : isLeafType(type)
          ? any
          : {
              kind: isObjectType(type) ? 'OBJECT' : isInterfaceType(type) ? 'INTERFACE' : 'UNION',
              name: type.name,
            };
  const argument = ({ name }: { readonly name: string }) => ({ name, type: any });
  const fieldOf = ({ name, type, args }: GraphQLField<unknown, unknown>) => ({
    name,
    type: typeRef(type),
    args: args.map(argument),
  });
  const types = own(schema).flatMap((type): object[] => {
    if (isObjectType(type)) {
      const fields = Object.values(type.getFields()).map(fieldOf);
      const interfaces = type.getInterfaces().map((each) => ({ kind: 'INTERFACE', name: each.name }));
      return [{ kind: 'OBJECT', name: type.name, fields, interfaces }];
    }
    if (!isAbstractType(type)) return [];
    const members = schema.getPossibleTypes(type).map(({ name }) => ({ kind: 'OBJECT', name }));
    if (!isInterfaceType(type)) return [{ kind: 'UNION', name: type.name, possibleTypes: members }];
    const fields = Object.values(type.getFields()).map(fieldOf);
    return [{ kind: 'INTERFACE', name: type.name, fields, interfaces: [], possibleTypes: members }];
  });
  const root = (type: GraphQLObjectType | null | undefined) => (type ? { name: type.name } : null);
  const data = {
    __schema: {
      queryType: root(schema.getQueryType()),
      mutationType: root(schema.getMutationType()),
      subscriptionType: root(schema.getSubscriptionType()),
      types: [...types, any],
    },
  };
  return `interface Named {
  readonly name: string;
}

/** For the \`schema\` of urql's Graphcache. */
export const introspection: {
  readonly __schema: {
    readonly queryType: Named;
    readonly mutationType: Named | null;
    readonly subscriptionType: Named | null;
    readonly types: readonly object[];
  };
} = ${JSON.stringify(data)};
`;
}

/** Types that have no `id`: caches keep them inside of what holds them. */
function embeddedTypes(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return own(schema)
    .filter(isObjectType)
    .filter((type) => !roots.includes(type) && !type.getFields().id)
    .map(({ name }) => name);
}

/** The fields that answer a connection without a union, and the arguments that name one list. */
function connections(schema: GraphQLSchema): string[] {
  return own(schema)
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => isObjectType(field.type) && field.type.name.endsWith('Connection'))
        .map((field) => {
          const keys = field.args
            .map(({ name }) => name)
            .filter((name) => name !== 'first' && name !== 'after');
          return `  { type: ${quoted(type.name)}, field: ${quoted(field.name)}, keyArgs: [${keys.map(quoted).join(', ')}] },`;
        }),
    );
}

export function cacheKeys(schema: GraphQLSchema): string {
  return `/** Types without an \`id\`: caches keep them inside of what holds them. */
export const embeddedTypes: readonly string[] = [
${embeddedTypes(schema)
  .map((name) => `  ${quoted(name)},`)
  .join('\n')}
];

/** Fields that answer a connection, and the arguments that name one list: two pages of it have these in common. */
export const connections: readonly { readonly type: string; readonly field: string; readonly keyArgs: readonly string[] }[] = [
${connections(schema).join('\n')}
];

/** Fields whose events replace each other. */
export const subscriptionFields: readonly string[] = [
${Object.keys(schema.getSubscriptionType()?.getFields() ?? {})
  .map((name) => `  ${quoted(name)},`)
  .join('\n')}
];
`;
}

/** The codes, and for each type of error what \`extensions\` hold. */
export function errors(
  schema: GraphQLSchema,
  codes: Readonly<Record<string, { readonly type: string }>>,
): string {
  const scalar = (type: GraphQLNamedType): string => {
    if (isEnumType(type)) {
      return type
        .getValues()
        .map(({ name }) => quoted(name))
        .join(' | ');
    }
    if (isScalarType(type))
      return { Int: 'number', Float: 'number', Boolean: 'boolean' }[type.name] ?? 'string';
    return type.name;
  };
  const typeText = (type: GraphQLOutputType): string => {
    if (isNonNullType(type)) return typeText(type.ofType).replace(/ \| null$/, '');
    if (isListType(type)) return `readonly ${typeText(type.ofType)}[] | null`;
    return `${scalar(getNamedType(type))} | null`;
  };
  const comment = (text: string | null | undefined) => `  /** ${text ?? ''} */`;
  const types = Object.entries(codes).map(([code, { type: typeName }]) => {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`No such type: ${typeName}`);
    const fields = Object.values(type.getFields())
      .filter(({ name }) => !['code', 'retryable', 'message', 'currentSite'].includes(name))
      .filter(({ deprecationReason }) => deprecationReason === undefined)
      .flatMap((field) => [comment(field.description), `  readonly ${field.name}: ${typeText(field.type)};`]);
    return `/** ${type.description ?? ''} */
export interface ${typeName} {
  readonly type: ${quoted(typeName)};
  readonly code: ${quoted(code)};
  /** Whether the same request can succeed later, after \`retryAfterSeconds\` where there is one. */
  readonly retryable: boolean;
${fields.join('\n')}
}`;
  });
  const issue = schema.getType('InputIssue');
  const issueFields = isObjectType(issue)
    ? Object.values(issue.getFields()).flatMap((field) => [
        comment(field.description),
        `  readonly ${field.name}: ${typeText(field.type)};`,
      ])
    : [];
  const names = Object.entries(codes);
  return `/** Every code of an error, and the GraphQL type of that error. */
export const haloErrorTypes = {
${names.map(([code, { type }]) => `  ${code}: ${quoted(type)},`).join('\n')}
} as const;

/** Decide by this, never by \`message\`. */
export type HaloErrorCode = keyof typeof haloErrorTypes;
/** The names of the GraphQL types of errors. */
export type HaloErrorTypeName = (typeof haloErrorTypes)[HaloErrorCode];

/** One thing that is wrong with the arguments of a field. */
export interface InputIssue {
${issueFields.join('\n')}
}

${types.join('\n\n')}

/** What the \`extensions\` of an entry in \`errors\` hold; \`switch\` by \`code\` or \`type\`. */
export type HaloErrorDetails =
${names.map(([, { type }]) => `  | ${type}`).join('\n')};
`;
}
