/** Arguments that report which parts of the variables the price of a field depends on. */
import { type ASTNode, type FieldNode, Kind, type ValueNode, visit } from 'graphql';
import type { PricedField } from './field-price.ts';
import { holdForeignId, mayHoldId } from './foreign-ids.ts';

/** The part of a variable that decides the price. */
export interface VariablePart {
  /** The same name is always the same part of the variable. */
  readonly name: string;
  /** The part as text. */
  read(variable: unknown): string;
  /** Whether the text can hold a value of the caller. */
  readonly holdsValue: boolean;
}

export interface Arguments extends Pick<PricedField, 'args'> {
  /** Whether they hold an id that only the Bp Premier API can have. */
  holdsForeignId(): boolean;
}

type Seen = (variable: string, part?: VariablePart) => void;

/**
 * Reports a variable when its argument is read. Of an input object, it reports only the fields that are read. The others,
 * such as the time of a booking, do not decide the price and differ from request to request.
 */
export function reportedArguments(
  args: Record<string, unknown>,
  { arguments: nodes = [] }: FieldNode,
  seen: Seen,
): Arguments {
  const byName = new Map(nodes.map(({ name, value }) => [name.value, value]));
  const read = new Map<string, unknown>();
  const look = (name: string | symbol): unknown => {
    const value = Reflect.get(args, name);
    const node = typeof name === 'string' ? byName.get(name) : undefined;
    if (typeof name !== 'string' || !node) return value;
    // A long list is searched for variables once, however often it is read.
    if (!read.has(name)) read.set(name, reported(value, node, seen));
    return read.get(name);
  };
  return {
    args: new Proxy(args, {
      get: (_, name) => look(name),
      getOwnPropertyDescriptor(of, name) {
        const descriptor = Reflect.getOwnPropertyDescriptor(of, name);
        return descriptor && { ...descriptor, value: look(name) };
      },
    }),
    holdsForeignId() {
      for (const [name, value] of byName) reportForeign(name, value, seen);
      return holdForeignId(args);
    },
  };
}

function reported(value: unknown, node: ValueNode, seen: Seen): unknown {
  if (isInputObject(value)) {
    if (node.kind === Kind.VARIABLE) {
      const variable = node.name.value;
      return reportedObject(
        value,
        () => seen(variable),
        (field) => seen(variable, fieldPart(field)),
      );
    }
    if (node.kind === Kind.OBJECT) {
      return reportedObject(
        value,
        () => visitVariables(node, seen),
        (name) => {
          const field = node.fields.find((each) => each.name.value === name);
          if (field) visitVariables(field, seen);
        },
      );
    }
  }
  visitVariables(node, seen);
  return value;
}

const isInputObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function reportedObject(
  object: Record<string, unknown>,
  reportAll: () => void,
  reportField: (name: string) => void,
) {
  return new Proxy(object, {
    get(of, name) {
      if (typeof name === 'string') reportField(name);
      return Reflect.get(of, name);
    },
    has(of, name) {
      reportAll();
      return Reflect.has(of, name);
    },
    ownKeys(of) {
      reportAll();
      return Reflect.ownKeys(of);
    },
    getOwnPropertyDescriptor(of, name) {
      reportAll();
      return Reflect.getOwnPropertyDescriptor(of, name);
    },
  });
}

/** Reports whether the argument holds a foreign id, not which ids it holds. */
function reportForeign(argument: string, node: ValueNode, seen: Seen): void {
  if (!mayHoldId(argument)) return;
  if (node.kind === Kind.VARIABLE) seen(node.name.value, foreignPart(argument));
  else if (node.kind === Kind.OBJECT)
    for (const { name, value } of node.fields) reportForeign(name.value, value, seen);
  else visitVariables(node, seen);
}

/** A key is different in each request. Prices depend on whether there is one. */
const onlyGiven: ReadonlySet<string> = new Set(['idempotencyKey']);

const fieldPart = (field: string): VariablePart => ({
  name: `field ${field}`,
  holdsValue: !onlyGiven.has(field),
  read(variable) {
    const value = isInputObject(variable) ? variable[field] : undefined;
    if (value !== undefined && value !== null && onlyGiven.has(field)) return 'given';
    return JSON.stringify(value) ?? '';
  },
});

const foreignPart = (argument: string): VariablePart => ({
  name: `foreign id as ${argument}`,
  holdsValue: false,
  read: (variable) => String(holdForeignId({ [argument]: variable })),
});

export function visitVariables(node: ASTNode, report: (variable: string) => void): void {
  visit(node, { Variable: ({ name }) => report(name.value) });
}
