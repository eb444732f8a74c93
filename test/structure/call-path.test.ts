/**
 * The functions between the resolver of the appointment book and undici's `dispatch`. None of them awaits anything before it
 * calls the next one, so the call stack at `dispatch` is the whole path. docs/architecture.md lists it.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openFacade } from '../open-facade.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${root}docs/architecture.md`, 'utf8');
const listed = [...page.matchAll(/^\d+\. `(\w+)` in `(src\/[\w/-]+\.ts)`/gm)].map(
  ([, name, file]) => `${name} ${file}`,
);

it('the appointment book passes through the listed functions, at most 13, before its request is sent', async () => {
  const paths: string[][] = [];
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 200;
  const facade = openFacade({
    source: 'sql-passthrough',
    referenceSeconds: 300,
    dispatched(path) {
      if (path.endsWith('/queries/immediate')) paths.push(functionsIn(new Error('stack').stack ?? ''));
    },
  });
  try {
    const { data } = await facade.execute(
      `{ practice(bpSiteId: "1001") { ... on Practice {
        appointments(from: "2026-10-05") { ... on AppointmentConnection { nodes { id } } }
      } } }`,
    );
    expect(data.practice.appointments.nodes).toBeDefined();
  } finally {
    Error.stackTraceLimit = limit;
    await facade.close();
  }
  expect(paths).toEqual([listed]);
  expect(listed.length).toBeLessThanOrEqual(13);
});

/** The functions of src, from the resolver on: name and file. */
function functionsIn(stack: string): string[] {
  const functions = stack
    .split('\n')
    .flatMap((line) => {
      const [called = '', place = ''] = line.replace(/file:\/\/| \[as \w+\]/g, '').split(root);
      const [file] = /^src\/[^:]+\.ts/.exec(place) ?? [];
      return file ? [`${/(\w+)[^\w]*$/.exec(called)?.[1] ?? '(anonymous)'} ${file}`] : [];
    })
    .reverse();
  return functions.slice(functions.findIndex((each) => each.startsWith('appointmentsOfPractice ')));
}
