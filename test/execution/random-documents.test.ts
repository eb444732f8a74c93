import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { it } from 'vitest';
import { everyShape, happenings } from './every-shape.ts';
import { expectSameAnswers } from './same-answers.ts';
import { countUnhandledRejections } from './unhandled-rejections.ts';

countUnhandledRejections();

const directives = ['', '', '', '', ' @skip(if: $a)', ' @include(if: $b)', ' @skip(if: $b) @include(if: $a)'];
const texts = ['"x"', 'null', '$text', '"é \\" \\u2028"'];

/** A valid document: fields with one response name are the same field with the same arguments. */
function document(generate: fc.GeneratorValue): string {
  const pick = <T>(from: readonly T[]): T => from[generate(fc.nat, { max: from.length - 1 })] as T;
  const fragments: string[] = [];

  const values: Readonly<Record<string, () => string>> = {
    happens: () => pick([...happenings, '$happens']),
    next: () => pick(happenings),
    turns: () => String(generate(fc.nat, { max: 12 })),
    items: () => `[${Array.from({ length: pick([0, 1, 2, 3]) }, () => pick(happenings)).join(', ')}]`,
    text: () => pick(texts),
    must: () => pick(['1', '$n']),
    filter: () => pick(['{}', '{ text: $text }', '{ numbers: [1, $n], must: 2 }', 'null']),
    colours: () => pick(['RED', '[RED, null]', '[]']),
    to: () => '"somewhere"',
  };

  function argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.flatMap(({ name, type }) => {
      if (name === 'as')
        return [`as: ${pick(isObjectType(getNamedType(type)) ? ['"A"'] : ['"A"', '"B"', '"LATE"', 'null'])}`];
      if (name === 'text' && String(type).endsWith('!')) return ['text: "x"'];
      return name === 'text' || pick([true, false]) ? [`${name}: ${values[name]?.()}`] : [];
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  let names = 0;
  function fieldOf(type: GraphQLObjectType, depth: number): string {
    const field = pick(
      Object.values(type.getFields()).filter(
        (each) => depth > 0 || !isCompositeType(getNamedType(each.type)),
      ),
    );
    const named = getNamedType(field.type);
    const below = isCompositeType(named) ? ` ${selectionOf(named, depth - 1)}` : '';
    names += 1;
    return `f${names}: ${field.name}${argumentsOf(field)}${pick(directives)}${below}`;
  }

  function selectionOf(type: GraphQLNamedType, depth: number): string {
    const parts = ['used: __typename'];
    if (isInterfaceType(type)) parts.push(`name${pick(directives)}`, 'id');
    const types = isAbstractType(type) ? everyShape.getPossibleTypes(type) : [type as GraphQLObjectType];
    for (const one of types) {
      const fields = Array.from({ length: 1 + pick([0, 1, 2]) }, () => fieldOf(one, depth)).join(' ');
      const how = pick(
        isAbstractType(type) ? ['inline', 'named'] : ['plain', 'plain', 'inline', 'named', 'twice'],
      );
      if (how === 'plain') parts.push(fields);
      if (how === 'inline') parts.push(`... on ${one.name}${pick(directives)} { ${fields} }`);
      if (how === 'named' || how === 'twice') {
        fragments.push(`fragment F${fragments.length} on ${one.name} { ${fields} }`);
        const spread = `...F${fragments.length - 1}`;
        parts.push(
          `${spread}${pick(directives)}`,
          ...(how === 'twice' ? [`${spread}${pick(directives)}`] : []),
        );
      }
    }
    return `{ ${parts.join(' ')} }`;
  }

  const kind = pick(['query', 'query', 'query', 'mutation']);
  const root = (
    kind === 'query' ? everyShape.getQueryType() : everyShape.getMutationType()
  ) as GraphQLObjectType;
  const fields = Array.from({ length: 1 + pick([0, 1, 2]) }, () => fieldOf(root, pick([1, 2, 3])));
  const variables =
    '$a: Boolean!, $b: Boolean = true, $text: String = "of the variable", $n: Int! = 4, $happens: Happens';
  const use =
    kind === 'query'
      ? 'u: __typename @skip(if: $a) v: echo(text: $text, must: $n) w: leaf(happens: $happens) @include(if: $b)'
      : 'u: __typename @skip(if: $a) v: change { echo(text: $text, must: $n) } w: change(happens: $happens) @include(if: $b) { id }';
  return `${kind} Random(${variables}) { ${use} ${fields.join(' ')} } ${fragments.join(' ')}`;
}

it('graphql-js and the compiled operation give the same response to any document', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.gen(),
      fc.boolean(),
      fc.option(fc.boolean(), { nil: undefined }),
      fc.constantFrom(undefined, ...happenings),
      async (generate, a, b, happens) => {
        await expectSameAnswers({
          schema: everyShape,
          text: document(generate),
          variables: { a, ...(b === undefined ? {} : { b }), ...(happens && { happens }) },
        });
      },
    ),
    { numRuns: 400 },
  );
}, 60_000);
