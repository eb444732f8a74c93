/** A small schema whose arguments select everything that can happen to a field. It contains no practice. */
import {
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLFieldConfigMap,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  responsePathAsArray,
} from 'graphql';
import { noteParentOnly } from '../../src/engine/executor/parent-only.ts';

/** What fields answer, by its name as an argument. */
export const happenings = [
  'VALUE',
  'NULL',
  'UNDEFINED',
  'THROWS',
  'THROWS_TEXT',
  'ERROR',
  'PROMISE',
  'PROMISE_OF_NULL',
  'REJECTS',
  'REJECTS_LATER',
  'PROMISE_OF_ERROR',
  'WRONG',
] as const;
type Happening = (typeof happenings)[number];

const Happens = new GraphQLEnumType({
  name: 'Happens',
  values: Object.fromEntries(happenings.map((name) => [name, { value: name }])),
});

const Colour = new GraphQLEnumType({ name: 'Colour', values: { RED: { value: 1 }, GREEN: { value: 2 } } });

/** Throws for 13, returns undefined for 14, and wraps all other values. */
const Picky = new GraphQLScalarType({
  name: 'Picky',
  serialize(value) {
    if (value === 13) throw new Error('Picky does not like 13.');
    if (value === 14) return undefined;
    if (value === 15) return { of: ['fifteen', { deep: null }] };
    return value;
  },
});

const Filter = new GraphQLInputObjectType({
  name: 'Filter',
  fields: {
    text: { type: GraphQLString, defaultValue: 'by default' },
    numbers: { type: new GraphQLList(new GraphQLNonNull(GraphQLInt)) },
    must: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 5 },
  },
});

async function later(times: number): Promise<void> {
  for (let i = 0; i < times; i++) await undefined;
}

/** @param turns of the microtask queue, for what happens later */
function happen(what: Happening | undefined, value: unknown, wrong: unknown = {}, turns = 5): unknown {
  switch (what ?? 'VALUE') {
    case 'VALUE':
      return value;
    case 'NULL':
      return null;
    case 'UNDEFINED':
      return undefined;
    case 'THROWS':
      throw new Error('It throws.');
    case 'THROWS_TEXT':
      throw 'a text';
    case 'ERROR':
      return new Error('It answers an error.');
    case 'PROMISE':
      return later(1).then(() => value);
    case 'PROMISE_OF_NULL':
      return Promise.resolve(null);
    case 'REJECTS':
      return Promise.reject(new Error('It rejects.'));
    case 'REJECTS_LATER':
      return later(turns).then(() => Promise.reject(new Error('It rejects later.')));
    case 'PROMISE_OF_ERROR':
      return Promise.resolve(new Error('It answers an error late.'));
    case 'WRONG':
      return wrong;
  }
}

const happens = { happens: { type: Happens } };
interface HappensArgs {
  readonly next?: Happening;
  readonly happens?: Happening;
  readonly items?: readonly Happening[];
  readonly as?: string;
  readonly turns?: number;
}

/** A source whose fields without a resolver are plain properties, getters, getters that throw, and methods. */
export class Thing {
  readonly depth: number;
  readonly kind: string;
  readonly name = 'thing';
  readonly id = 7;
  readonly yes = true;
  readonly colour = 1;
  readonly noColour = 'BLUE';
  readonly colourName = 'RED';
  readonly nothing = null;
  readonly float = 1.5;
  readonly notInt = 1.5;
  readonly picky13 = 13;
  readonly picky14 = 14;
  readonly picky15 = 15;
  readonly pickyText = 'picky';
  readonly notNumber = 5n;
  readonly notText = Symbol('no text');
  readonly noNumber = Number.NaN;
  readonly needsNothing = 'nothing';
  readonly tags = ['a', null, 'c'];
  readonly promised = Promise.resolve('promised');
  readonly failed = new Error('It is an error.');

  /** What happens to the fields that look at the parent alone. */
  readonly what: Happening | undefined;

  constructor(depth: number, kind = 'A', what?: Happening) {
    this.depth = depth;
    this.kind = kind;
    this.what = what;
  }

  get got(): string {
    return `got at ${this.depth}`;
  }

  get broken(): string {
    throw new Error('The getter throws.');
  }

  method(args: object, context: { readonly who: string }, info: GraphQLResolveInfo): string {
    return `${info.fieldName} for ${context.who} with ${JSON.stringify(args)} at ${responsePathAsArray(info.path).join('.')}`;
  }

  get plain(): Thing {
    return new Thing(this.depth + 1, 'B');
  }

  get list(): Thing[] {
    return [new Thing(this.depth + 1), new Thing(this.depth + 1, 'B')];
  }
}

const Named = new GraphQLInterfaceType({
  name: 'Named',
  fields: { name: { type: GraphQLString }, id: { type: new GraphQLNonNull(GraphQLID) } },
  resolveType(value: unknown) {
    const { kind } = value as Thing;
    if (kind === 'THROWS') throw new Error('The type cannot be resolved.');
    return kind === 'LATE' ? Promise.resolve('A') : kind;
  },
});

/** Only `isTypeOf` distinguishes its members. */
const Either: GraphQLUnionType = new GraphQLUnionType({ name: 'Either', types: () => [A, B] });
const TypedByName: GraphQLUnionType = new GraphQLUnionType({
  name: 'TypedByName',
  types: () => [A, B],
  resolveType: (value) => (value as Thing).kind,
});

const fieldsOfThings = (self: () => GraphQLObjectType): GraphQLFieldConfigMap<Thing, unknown> => {
  const things: GraphQLFieldConfigMap<Thing, unknown> = {};
  const itemArgs = { items: { type: new GraphQLList(Happens) }, ...happens, next: { type: Happens } };
  for (const [suffix, wrap] of [
    ['', (type: GraphQLObjectType) => type],
    ['Must', (type: GraphQLObjectType) => new GraphQLNonNull(type)],
  ] as const) {
    things[`thing${suffix}`] = {
      type: wrap(self()),
      args: { ...happens, next: { type: Happens } },
      resolve: ({ depth, kind }, args: HappensArgs) =>
        happen(args.happens, new Thing(depth + 1, kind, args.next), 'a text'),
    };
    for (const how of ['read', 'plain']) {
      things[`${how}Thing${suffix}`] = {
        type: wrap(self()),
        resolve: ({ depth, kind, what }) => happen(what, new Thing(depth + 1, kind), 'a text'),
      };
    }
    things[`things${suffix}`] = {
      type: new GraphQLNonNull(new GraphQLList(wrap(self()))),
      args: itemArgs,
      resolve: ({ depth, kind }, { items = ['VALUE', 'VALUE'], happens: how, next }: HappensArgs) =>
        happen(
          how,
          items.map((item) => thrownAsRejected(() => happen(item, new Thing(depth + 1, kind, next)))),
          'no list',
        ),
    };
  }
  return things;
};

/** Items of a list cannot throw before there is a list. */
function thrownAsRejected(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return Promise.reject(error);
  }
}

const leaves: GraphQLFieldConfigMap<Thing, unknown> = {
  name: { type: GraphQLString },
  id: { type: new GraphQLNonNull(GraphQLID) },
  yes: { type: GraphQLBoolean },
  colour: { type: Colour },
  colourName: { type: Colour },
  noColour: { type: Colour },
  noColourMust: { type: new GraphQLNonNull(Colour), resolve: () => 'BLUE' },
  nothing: { type: GraphQLString },
  float: { type: GraphQLFloat },
  notInt: { type: GraphQLInt },
  picky13: { type: Picky },
  picky14: { type: Picky },
  picky15: { type: new GraphQLNonNull(Picky) },
  tags: { type: new GraphQLList(GraphQLString) },
  promised: { type: new GraphQLNonNull(GraphQLString) },
  failed: { type: GraphQLString },
  got: { type: new GraphQLNonNull(GraphQLString) },
  broken: { type: GraphQLString },
  method: { type: GraphQLString, args: { text: { type: GraphQLString, defaultValue: 'default' } } },
  depth: { type: new GraphQLNonNull(GraphQLInt) },
  notNumber: { type: GraphQLInt },
  notText: { type: GraphQLString },
  noNumber: { type: GraphQLFloat },
  pickyText: { type: new GraphQLNonNull(Picky) },
  needsNothing: { type: GraphQLString, args: { text: { type: new GraphQLNonNull(GraphQLString) } } },
  readLeaf: { type: GraphQLString, resolve: ({ what }) => happen(what, 'leaf') },
  readLeafMust: { type: new GraphQLNonNull(GraphQLString), resolve: ({ what }) => happen(what, 'leaf') },
  constructorless: { type: GraphQLString },
  leaf: {
    type: GraphQLString,
    args: { ...happens, turns: { type: GraphQLInt } },
    resolve: (_thing, args: HappensArgs) => happen(args.happens, 'leaf', {}, args.turns),
  },
  leafMust: {
    type: new GraphQLNonNull(GraphQLString),
    args: { ...happens, turns: { type: GraphQLInt } },
    resolve: (_thing, args: HappensArgs) => happen(args.happens, 'leaf', {}, args.turns),
  },
  leaves: {
    type: new GraphQLList(new GraphQLNonNull(GraphQLInt)),
    args: { items: { type: new GraphQLList(Happens) } },
    resolve: (_thing, { items = ['VALUE', 'PROMISE'] }: HappensArgs) =>
      new Set(items.map((item, index) => thrownAsRejected(() => happen(item, index, `wrong ${index}`)))),
  },
  echo: {
    type: GraphQLString,
    args: {
      text: { type: GraphQLString, defaultValue: 'default' },
      must: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 3 },
      filter: { type: Filter },
      colours: { type: new GraphQLList(Colour) },
    },
    resolve: (_thing, args) => JSON.stringify(args, (_name, value) => value ?? `${value}`),
  },
  needs: {
    type: GraphQLString,
    args: { text: { type: new GraphQLNonNull(GraphQLString) } },
    resolve: (_thing, args) => JSON.stringify(args),
  },
  info: {
    type: GraphQLString,
    resolve: (_thing, _args, context, info) => JSON.stringify(serializableInfo(info, context)),
  },
};

/** The part of GraphQLResolveInfo that can be serialised. */
function serializableInfo(info: GraphQLResolveInfo, context: unknown) {
  return {
    context,
    field: `${info.parentType}.${info.fieldName}: ${info.returnType}`,
    path: responsePathAsArray(info.path),
    typename: info.path.typename,
    nodes: info.fieldNodes.map(({ loc }) => [loc?.start, loc?.end]),
    variables: info.variableValues,
    fragments: Object.keys(info.fragments),
    operation: info.operation.loc?.start,
    root: info.rootValue,
  };
}

const abstract: GraphQLFieldConfigMap<Thing, unknown> = {
  named: {
    type: Named,
    args: { ...happens, as: { type: GraphQLString } },
    resolve: ({ depth }, args: HappensArgs) => happen(args.happens, new Thing(depth + 1, args.as)),
  },
  nameds: {
    type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Named))),
    args: { as: { type: new GraphQLList(GraphQLString) } },
    resolve: ({ depth }, { as = ['A', 'B', 'LATE'] }: { as?: readonly string[] }) =>
      as.map((kind) => new Thing(depth + 1, kind)),
  },
  either: {
    type: Either,
    args: { ...happens, as: { type: GraphQLString } },
    resolve: ({ depth }, args: HappensArgs) => happen(args.happens, new Thing(depth + 1, args.as)),
  },
  toldMust: {
    type: new GraphQLNonNull(TypedByName),
    args: { ...happens, as: { type: GraphQLString } },
    resolve: ({ depth }, args: HappensArgs) => happen(args.happens, new Thing(depth + 1, args.as)),
  },
};

const A: GraphQLObjectType<Thing> = new GraphQLObjectType<Thing>({
  name: 'A',
  interfaces: [Named],
  isTypeOf: (value) => (value as Thing)?.kind !== 'B',
  fields: () => ({
    ...leaves,
    ...abstract,
    ...fieldsOfThings(() => A),
    plain: { type: B },
    list: { type: new GraphQLList(new GraphQLNonNull(Named)) },
    onlyA: { type: GraphQLString, resolve: () => 'only A' },
  }),
});

const B: GraphQLObjectType<Thing> = new GraphQLObjectType<Thing>({
  name: 'B',
  interfaces: [Named],
  isTypeOf: async (value) => (value as Thing)?.kind === 'B',
  fields: () => ({
    ...leaves,
    ...fieldsOfThings(() => C),
    onlyB: { type: GraphQLString, resolve: () => 'only B' },
  }),
});

/** Without `isTypeOf`: whatever comes is one. */
const C: GraphQLObjectType<Thing> = new GraphQLObjectType<Thing>({
  name: 'C',
  fields: () => ({ ...leaves, ...abstract, ...fieldsOfThings(() => C) }),
});

const start = new Thing(0);
const rootFields: GraphQLFieldConfigMap<unknown, unknown> = {
  ...Object.fromEntries(
    Object.entries({ ...leaves, ...abstract, ...fieldsOfThings(() => C) }).map(([name, field]) => [
      name,
      // The root is undefined, as the facade's: a property of it is null.
      field.resolve
        ? {
            ...field,
            resolve: (_root: unknown, ...rest: [never, never, never]) => field.resolve?.(start, ...rest),
          }
        : { ...field, type: GraphQLString },
    ]),
  ),
  primitive: { type: C, resolve: () => 'a text' },
  callable: { type: C, resolve: () => Object.assign(() => 'called', { depth: 3, id: 'of a function' }) },
};

let changes: string[] = [];

/** The effects of the mutations of this process since the last call. */
export function takeChanges(): readonly string[] {
  const taken = changes;
  changes = [];
  return taken;
}

const change = (must: boolean) => ({
  type: must ? new GraphQLNonNull(C) : C,
  args: { to: { type: GraphQLString }, ...happens },
  resolve: (_root: unknown, args: HappensArgs & { readonly to?: string }) => {
    changes.push(`${args.to} begins`);
    const answer = happen(args.happens, new Thing(1));
    if (answer instanceof Promise) return answer.finally(() => changes.push(`${args.to} ends`));
    changes.push(`${args.to} ends`);
    return answer;
  },
});

export const everyShape = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: rootFields }),
  mutation: new GraphQLObjectType({
    name: 'Mutation',
    fields: { change: change(false), changeMust: change(true) },
  }),
  subscription: new GraphQLObjectType({ name: 'Subscription', fields: { name: { type: GraphQLString } } }),
  types: [A, B, C],
});

for (const type of [A, B, C] as GraphQLObjectType[]) {
  for (const field of Object.values(type.getFields()))
    if (field.name.startsWith('read')) noteParentOnly(field);
}
