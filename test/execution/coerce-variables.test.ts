import fc from 'fast-check';
import {
  buildSchema,
  type GraphQLError,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { maxVariableErrors, variableCoercion } from '../../src/lib/coerce-variables.ts';

const schema = buildSchema(`
  input In { text: String!, number: Int = 3, colours: [Colour!], nested: In, list: [[Int]] }
  input One @oneOf { a: Int, b: String }
  enum Colour { RED GREEN }
  type Query { f(in: In, one: One): Int }
`);
const operation = getOperationAST(
  parse('query ($in: In, $list: [Int!], $text: String = "x", $colour: Colour, $must: Int!, $one: One) { f }'),
) as OperationDefinitionNode;

const messages = (variables: Record<string, unknown>) =>
  variableCoercion(schema, operation)(variables).errors?.map(({ message }) => message) ?? [];

describe('variables are coerced as graphql-js does it', () => {
  it('whatever they are', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(null, 1, 1.5, true, 'RED', 'GREN', 'x', ''),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'text',
            'number',
            'colours',
            'nested',
            'list',
            'nummer',
            '__proto__',
            'toJSON',
            'a',
            'b',
          ),
          tie('any'),
        ),
      ),
    })).any;
    const names = fc.constantFrom('in', 'list', 'text', 'colour', 'must', 'one', '__proto__', 'other');
    fc.assert(
      fc.property(fc.dictionary(names, value), (variables) => {
        const expected = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
        const { coerced, errors } = variableCoercion(schema, operation)(variables);
        expect(coerced).toEqual(expected.coerced);
        const short = (text: string) => text.length < 250;
        for (const [index, error] of (errors ?? []).entries()) {
          const original = expected.errors?.[index] as GraphQLError;
          if (short(original.message) && !error.message.includes('…'))
            expect(error.message).toBe(original.message);
          expect(error.locations).toEqual(original.locations);
        }
        expect(errors?.length).toBe(expected.errors && Math.min(expected.errors.length, maxVariableErrors));
      }),
      { numRuns: 500 },
    );
  });

  it('I1: but no further than the fifth error', () => {
    expect(messages({ list: Array(180_000).fill('x'), must: 1 })).toHaveLength(5);
    const unknown = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`unknown${n}`, n]));
    expect(messages({ in: { text: 'x', ...unknown }, must: 1 })).toHaveLength(5);
    let read = 0;
    const list = Array.from({ length: 100 }, () => 'x');
    const counted = new Proxy(list, {
      get(of, name, receiver) {
        if (typeof name === 'string' && /^\d+$/.test(name)) read += 1;
        return Reflect.get(of, name, receiver);
      },
    });
    messages({ list: counted, must: 1 });
    // One until the first error is found, and five to report them.
    expect(read).toBe(6);
  });

  it('I1: and an error prints at most 100 characters of a value', () => {
    const long = 'y'.repeat(100_000);
    const quotes = '"'.repeat(100_000);
    const wide = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`unknown${n}`, long]));
    for (const variables of [
      { list: [long], must: 1 },
      { list: quotes, must: 1 },
      { text: { [long]: long }, must: 1 },
      { text: [[[long]], { a: wide }], must: 1 },
      { colour: long, must: 1 },
      { text: wide, must: 1 },
      { in: wide, must: 1 },
      { in: { text: 'x', [long]: 1 }, must: 1 },
      { in: { text: 'x', nested: { text: long, number: wide } }, must: long },
    ]) {
      const all = messages(variables);
      expect(all.length).toBeGreaterThan(0);
      // A value is printed at most twice: as sent, and in the error of its type.
      for (const message of all) expect(message.length).toBeLessThan(2 * 101 + 150);
    }
    expect(messages({ list: ['y'.repeat(99)], must: 1 })[0]).toBe(
      `Variable "$list" got invalid value "${'y'.repeat(99)}… at "list[0]"; Int cannot represent non-integer value: "${'y'.repeat(99)}…`,
    );
  });

  it('I5: of a variable called $__proto__', () => {
    const proto = getOperationAST(parse('query ($__proto__: Int) { f }')) as OperationDefinitionNode;
    const { coerced } = variableCoercion(schema, proto)(JSON.parse('{"__proto__": 4}'));
    expect(Object.entries(coerced ?? {})).toEqual([['__proto__', 4]]);
  });
});
