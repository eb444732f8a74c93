import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { prepareOperation } from '../../src/engine/executor/prepare-operation.ts';
import { everyShape, happenings, takeChanges } from './every-shape.ts';
import { expectSameAnswers } from './same-answers.ts';
import { countUnhandledRejections } from './unhandled-rejections.ts';

const same = (text: string, variables?: Record<string, unknown>) =>
  expectSameAnswers({ schema: everyShape, text, ...(variables && { variables }) });

const leaves =
  'name id yes colour noColour nothing float notInt picky13 picky14 tags promised failed got broken method depth constructorless info echo leaf leafMust leaves __typename';

const unhandled = countUnhandledRejections();

describe('a compiled operation answers as graphql-js', () => {
  it('of leaves: properties, getters, methods, promises, errors, scalars that throw', async () => {
    const { data, errors } = await same(`{ thing { ${leaves} } }`);
    expect(data?.thing).toMatchObject({ name: 'thing', got: 'got at 1', promised: 'promised' });
    expect(errors?.length).toBeGreaterThan(5);
  });

  it('of values that are of the wrong kind for their type, or of no kind at all', async () => {
    const { data } = await same(
      '{ thing { notNumber notText noNumber pickyText float notInt id yes colour colourName needsNothing(text: "x") } }',
    );
    expect(data?.thing).toMatchObject({
      notNumber: null,
      noNumber: null,
      colour: 'RED',
      colourName: null,
      pickyText: 'picky',
    });
    await same('query ($text: String = "x") { thing { needsNothing(text: $text) id } }', { text: null });
  });

  it('of scalars that become objects, and of one that refuses where null cannot stand', async () => {
    await same('{ thing { picky15 things { picky15 } } }');
    await same('{ thing { noColourMust name } named { name } }');
  });

  it.each(happenings)('of a field where it happens that %s', async (what) => {
    await same(
      `query ($h: Happens) {
        leaf(happens: $h) thing(happens: $h) { id } things(happens: $h) { id } named(happens: $h) { id ... on A { onlyA } }
        either(happens: $h) { __typename ... on A { onlyA } } below: thing { leaf(happens: $h) leafMust(happens: $h) id }
        list: things { thingMust(happens: $h) { id } leaf } a: named { ... on A { toldMust(happens: $h) { __typename } id } }
      }`,
      { h: what },
    );
    await same('query ($h: Happens) { thing { name leafMust(happens: $h) } }', { h: what });
    await same('query ($h: Happens) { thingMust { leafMust(happens: $h) } name }', { h: what });
  });

  it.each(happenings)('of a long list of which it happens to one item that %s', async (what) => {
    for (const at of [0, 127, 128, 299]) {
      const items = Array.from({ length: 300 }, (_, index) => (index === at ? what : 'VALUE'));
      await same('query ($items: [Happens]) { things(items: $items) { id thing { name } } name }', { items });
      await same('query ($items: [Happens]) { thing { thingsMust(items: $items) { id } id } }', { items });
      await same('query ($items: [Happens]) { things { things(items: $items) { id } } }', { items });
    }
  });

  it.each(happenings)(
    'of fields that look at the parent alone, and to these it happens that %s',
    async (what) => {
      for (const field of [
        'readLeaf',
        'readThing { id leafMust(happens: REJECTS) }',
        'plainThing { id got }',
      ]) {
        const must = field.replace(/(Leaf|Thing)/, '$1Must');
        await same(
          `query ($what: Happens) { thing(next: $what) { ${field} name } a: thing(next: $what) { ${must} leaf(happens: REJECTS) }
          things(next: $what) { ${field} } b: things(next: $what) { id ${must} promised } c: thing { ${must} } }`,
          { what },
        );
      }
    },
  );

  it.each(happenings.flatMap((a) => happenings.map((b) => [a, b] as const)))(
    'of lists whose items are %s and %s',
    async (a, b) => {
      await same(
        `query ($items: [Happens]) { things(items: $items) { id leafMust } leaves(items: $items)
          thing { thingsMust(items: $items) { id thingMust { id } } id } }`,
        { items: [a, 'PROMISE', b] },
      );
    },
  );

  it('of two siblings that cannot be null and both fail, whichever waits', async () => {
    for (const a of ['THROWS', 'REJECTS', 'REJECTS_LATER', 'PROMISE_OF_ERROR', 'NULL']) {
      for (const b of ['THROWS', 'REJECTS', 'PROMISE_OF_NULL', 'PROMISE']) {
        await same(
          `query ($a: Happens, $b: Happens) { thing { a: leafMust(happens: $a) b: leafMust(happens: $b) name }
            things { x: thingMust { a: leafMust(happens: $a) } b: thingMust(happens: $b) { leaf(happens: THROWS) } } }`,
          { a, b },
        );
      }
    }
  });

  it('of a failure after its parent became null', async () => {
    const { data, errors } = await same(
      '{ late: either(as: "A") { ... on A { named(as: "B") { id } noColourMust } } first: thingMust(happens: PROMISE_OF_NULL) { id } }',
    );
    expect([data, errors?.map(({ path }) => path)]).toEqual([null, [['first']]]);
  });

  it('of unions and interfaces, with each way to resolve the type', async () => {
    for (const as of ['A', 'B', 'LATE', 'THROWS', 'C', 'Nothing', 'Named', '']) {
      const answer = await same(
        `query ($as: String, $all: [String]) { named(as: $as) { __typename id name ... on A { onlyA } ...OnB }
          either(as: $as) { __typename ... on Named { name } ...OnB ... on A { onlyA } } nameds(as: $all) { id ... { name } }
          thing { toldMust(as: $as) { ... on Named { id } } } }
        fragment OnB on B { onlyB id }`,
        { as, all: ['A', as, 'B'] },
      );
      expect(answer).toHaveProperty('data');
    }
  });

  it('of a source that is no object', async () => {
    await same('{ primitive { name id yes got depth } callable { depth id name constructorless } }');
    await same('{ thing(happens: WRONG) { name nothing } name got }');
  });

  it('of aliases, merged fields, nested fragments and __typename', async () => {
    await same(
      `query Q { a: thing { ...F } a: thing { id x: name ... on C { ...G } } a: thing { thing { info y: __typename } }
        __typename toString: name constructor: got hasOwnProperty: __typename }
      fragment F on C { thing { id } name ...G } fragment G on C { thing { leaf } x: name info }`,
    );
  });

  it('of arguments: defaults, variables left out, null, nested, wrong', async () => {
    const text = `query ($text: String, $n: Int, $filter: Filter, $colours: [Colour], $d: String = "of the variable", $need: String! = "needed") {
      a: echo b: echo(text: $text) c: echo(text: null) d: echo(text: $d, must: $n) e: echo(filter: $filter)
      f: echo(filter: { text: $text, numbers: [1, 2] }) g: echo(filter: {}) h: echo(colours: $colours) i: echo(colours: RED)
      j: echo(filter: { must: $n }) needs(text: $need) k: method thing { method(text: $text) } l: echo(text: "é\\"\\u0000") }`;
    await same(text);
    await same(text, { text: null, n: 4, filter: { numbers: [3] }, colours: ['GREEN', null], d: null });
    await same(text, { n: null, filter: null, need: 'x' });
    await same('query ($text: String) { needs(text: "a") thing { echo(text: $text) } }', {});
    // The inherited property of that name is not a value of the object.
    await same('query ($toString: String) { echo(text: $toString) thing { method(text: $toString) } }', {});
    const { data } = await same(
      '{ echo(must: 2, colours: [RED]) method(text: "y") thing { echo(text: "é", must: 5) } }',
    );
    expect(data?.echo).toBe('{"text":"default","must":2,"colours":[1]}');
  });

  it('of variables that are wrong, in the words of graphql-js', async () => {
    const text = 'query ($n: Int!, $c: [Colour!], $f: Filter) { echo(must: $n, colours: $c, filter: $f) }';
    for (const variables of [
      undefined,
      { n: null },
      { n: 'one' },
      { n: 1, c: ['BLUE', 'RED'] },
      { n: 1, f: { must: null, other: 1 } },
      { n: 1, c: Array(80).fill('BLUE') },
    ]) {
      const { data, errors } = await same(text, variables);
      expect([data, errors?.length === 0]).toEqual([undefined, false]);
    }
  });

  it('of @skip and @include, literal and by variables, on fields and fragments', async () => {
    const text = `query ($a: Boolean!, $b: Boolean = true, $c: Boolean = false) {
      name @skip(if: $a) thing @include(if: $b) { id @skip(if: $c) ...F @include(if: $a) ... @skip(if: $b) { got } }
      thing { leaf @include(if: $a) @skip(if: $c) ... on C @include(if: $c) { thing { ...F @skip(if: true) name } } }
      z: __typename @include(if: $c) }
    fragment F on C { depth x: thing @skip(if: $c) { info } }`;
    for (let bits = 0; bits < 8; bits++) {
      await same(text, { a: !!(bits & 1), b: !!(bits & 2), c: !!(bits & 4) });
    }
    await same(text, { a: true });
    await same(text, { a: true, b: null });
    await same('query ($a: Boolean!) { name @skip(if: $a) }', { a: true });
  });

  it('of the schema itself', async () => {
    await same(
      '{ __schema { types { name fields { name type { kind ofType { name } } } } } __type(name: "A") { name } thing { id } }',
    );
  });

  it('of mutations, one after the other', async () => {
    for (const [first, second] of [
      ['PROMISE', 'VALUE'],
      ['REJECTS', 'THROWS'],
      ['NULL', 'REJECTS_LATER'],
      ['VALUE', 'VALUE'],
    ]) {
      for (const field of ['change', 'changeMust']) {
        takeChanges();
        const text = `mutation ($a: Happens, $b: Happens) { a: ${field}(to: "a", happens: $a) { id }
          ...B c: change(to: "c") { things { leaf } __typename } __typename } fragment B on Mutation { b: ${field}(to: "b", happens: $b) { id } }`;
        await same(text, { a: first, b: second });
        const changes = takeChanges();
        // Once by graphql-js, twice each compiled and interpreted.
        const once = changes.length / 5;
        for (const from of [1, 2, 3, 4]) {
          expect(changes.slice(from * once, (from + 1) * once)).toEqual(changes.slice(0, once));
        }
      }
    }
  });

  it.each([
    'toJSON',
    'then',
    'catch',
    'finally',
    'constructor',
    '__proto__',
    'prototype',
    'hasOwnProperty',
    'valueOf',
    'toString',
    'length',
    'bytes',
    'nodes',
    'errors',
    'data',
  ])('I5: of a response name or variable called %s', async (name) => {
    await same(`{ ${name}: name a: thing { ${name}: name } }`);
    await same(`{ ${name}: thing { ${name}: thing { ${name}: leaf(happens: PROMISE) id } id } }`);
    for (const what of ['VALUE', 'PROMISE']) {
      const items = Array.from({ length: 300 }, () => what);
      const below = `id ${name}: leaf(happens: PROMISE) a: thing { ${name}: thing { ${name}: got } }`;
      await same(`query ($items: [Happens]) { ${name}: things(items: $items) { ${below} } }`, { items });
      await same(`query ($items: [Happens]) { a: things(items: $items) { ${below} } ${name}: leaf }`, {
        items,
      });
    }
    await same(`{ ${name}: either(as: "A") { ... on A { ${name}: named(as: "LATE") { ${name}: id } } } }`);
    await same(
      `mutation { ${name}: change { ${name}: id } b: change(happens: PROMISE) { ${name}: leaf(happens: PROMISE) } }`,
    );
    await same(
      `query ($${name}: String!, $b: Boolean = true) { a: echo(text: $${name}) thing { method(text: $${name}) ${name}: id @include(if: $b) } }`,
      JSON.parse(`{ "${name}": "given" }`),
    );
    await same(
      `query ($${name}: Boolean = true) { a: name @skip(if: $${name}) }`,
      JSON.parse(`{ "${name}": false }`),
    );
    await same(`query ($${name}: Boolean = true) { a: name @skip(if: $${name}) }`, {});
  });

  it('I12: of an error that comes about when the data becomes null', async () => {
    for (const kind of ['query', 'mutation']) {
      const field = kind === 'query' ? 'thingMust' : 'changeMust';
      for (let turns = 0; turns < 16; turns++) {
        for (const more of ['', `c: ${field} { id }`]) {
          for (const first of ['REJECTS', 'NULL', 'PROMISE_OF_NULL']) {
            await same(
              `${kind} { z: ${field} { late: leaf(happens: REJECTS_LATER, turns: ${turns}) }
                a: ${field} { late: leaf(happens: REJECTS_LATER, turns: ${turns}) now: leafMust(happens: ${first})
                  thing { deep: leaf(happens: REJECTS_LATER, turns: ${turns}) } } ${more} }`,
            );
          }
        }
      }
    }
  });

  it('of one operation of several', async () => {
    const text =
      'query A { name } query B { got thing { id } } mutation M { change { id } } fragment F on C { id }';
    await expectSameAnswers({
      schema: everyShape,
      text: text.replace('{ id }', '{ ...F }'),
      operationName: 'B',
    });
  });
});

describe('prepareOperation', () => {
  const prepare = (text: string, name?: string) => prepareOperation(everyShape, parse(text), name);

  it('has nothing for operations that are not there, and for subscriptions', () => {
    expect(prepare('{ name }', 'Other')).toBeUndefined();
    expect(prepare('query A { name } query B { name }')).toBeUndefined();
    expect(prepare('subscription { name }')).toBeUndefined();
    expect(prepare('fragment F on C { name }')).toBeUndefined();
  });

  it('answers an alias that no object literal can hold', async () => {
    await same('{ __proto__: got thing { __proto__: id } }');
  });

  it('answers the same before and after it is compiled', async () => {
    const prepared = prepare(
      'query ($a: Boolean!) { info thing { id @skip(if: $a) leaf(happens: THROWS) } }',
    );
    const answers = [];
    for (let i = 0; i < 6; i++) answers.push(JSON.stringify(await prepared?.execute({}, { a: i % 2 === 0 })));
    expect(new Set(answers.filter((_, i) => i % 2 === 0)).size).toBe(1);
    expect(new Set(answers.filter((_, i) => i % 2 === 1)).size).toBe(1);
  });

  it('answers at once where no field waits', () => {
    const prepared = prepareOperation(everyShape, parse('{ thing { id thing { name } } }'), undefined, {
      compileAfter: 0,
    });
    expect(prepared?.execute({}, {})).toEqual({
      data: { thing: { id: '7', thing: { name: 'thing' } } },
    });
  });

  it('leaves no rejection unhandled if another error ends the operation', async () => {
    const text = `query ($items: [Happens]) { thing { thingsMust(items: $items) { id } }
      things(items: $items) { a: leafMust(happens: REJECTS_LATER) b: leafMust(happens: THROWS) } }`;
    const prepared = prepareOperation(everyShape, parse(text), undefined, { compileAfter: 0 });
    await new Promise(setImmediate);
    unhandled.count = 0;
    for (const items of [
      ['REJECTS', 'NULL', 'REJECTS_LATER'],
      ['REJECTS_LATER', 'NULL', 'VALUE'],
      ['NULL', 'REJECTS', 'PROMISE_OF_ERROR'],
      ['REJECTS', 'REJECTS_LATER', 'REJECTS'],
    ]) {
      await prepared?.execute({}, { items });
    }
    await new Promise(setImmediate);
    expect(unhandled.count).toBe(0);
  });
});
