import { expect, test } from 'vitest';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const names = [
  'toJSON',
  'then',
  'catch',
  'constructor',
  '__proto__',
  'hasOwnProperty',
  'code',
  'extensions',
  'message',
];

test.each(names)('I5, E5: an alias and a variable called %s, as often as it is sent', async (name) => {
  const { request } = fakeHalo();
  const query = `query ($${name}: ID!) {
    practice(bpSiteId: $${name}) { ... on Practice { ${name}: id
      appointments(from: "2026-11-23") { ... on AppointmentConnection { nodes { ${name}: reason id patient { ${name}: firstName } } } }
    } }
    ${name}: viewer { ${name}: name }
    nodes(ids: [$${name}]) { ${name}: id }
  }`;
  const first = await (await request({ query, variables: JSON.parse(`{ "${name}": "1001" }`) })).json();
  const own = (object: object) => Object.getOwnPropertyDescriptor(object, name)?.value;
  expect(own(own(first.data))).toBe('tester');
  expect(typeof own(first.data.practice)).toBe('string');
  const [row] = first.data.practice.appointments.nodes;
  expect(Object.keys(row)).toContain(name);
  for (let turn = 0; turn < 6; turn++) {
    const again = await (await request({ query, variables: JSON.parse(`{ "${name}": "1001" }`) })).json();
    expect(JSON.stringify(again.data)).toBe(JSON.stringify(first.data));
    expect(again.errors).toEqual(first.errors);
  }
});
