import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReferenceMemory } from '../../../src/datasources/practice/reference/reference-memory.ts';

const guid = 'aaaaaaaa-0000-4000-8000-000000000001';
const seconds = 300;
const always = () => true;

function memoryAt(start = 0) {
  let now = start;
  const memory = createReferenceMemory({ seconds, clock: () => now });
  return {
    ...memory,
    pass: (passed: number) => {
      now += passed * 1000;
    },
    learn: (value: unknown, { site = guid, question = 'users' } = {}) =>
      memory.read(site, question, async () => value, always),
  };
}

/** An answer that comes when the test says so. */
function pending<T>() {
  let answer: (value: T) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const promise = new Promise<T>((resolve, reject) => {
    answer = resolve;
    fail = reject;
  });
  return { promise, answer, fail };
}

describe('an answer', () => {
  it('is served for the stated time, with its age', async () => {
    const memory = memoryAt();
    expect(memory.recall(guid, 'users')).toBeUndefined();
    await memory.learn(['a']);
    expect(memory.recall(guid, 'users')).toEqual({ value: ['a'], ageSeconds: 0 });
    memory.pass(seconds - 0.001);
    expect(memory.recall(guid, 'users')).toEqual({ value: ['a'], ageSeconds: seconds - 1 });
    memory.pass(0.001);
    expect(memory.recall(guid, 'users')).toBeUndefined();
  });

  it('is of one site and one question', async () => {
    const memory = memoryAt();
    await memory.learn(['a']);
    expect(memory.recall('bbbbbbbb-0000-4000-8000-000000000002', 'users')).toBeUndefined();
    expect(memory.recall(guid, 'locations')).toBeUndefined();
  });

  it('is as old as its question, not as its arrival', async () => {
    const memory = memoryAt();
    const { promise, answer } = pending<string[]>();
    const read = memory.read(guid, 'users', () => promise, always);
    memory.pass(20);
    answer(['a']);
    await read;
    expect(memory.recall(guid, 'users')?.ageSeconds).toBe(20);
  });

  it('is as old as the call that it shared, also if the first caller has left', async () => {
    const memory = memoryAt();
    const [first, second] = [pending<string[]>(), pending<string[]>()];
    const began = memory.read(guid, 'users', () => first.promise, always);
    memory.pass(10);
    const joined = memory.read(guid, 'users', () => second.promise, always);
    first.fail(new Error('gone'));
    await expect(began).rejects.toThrow('gone');
    memory.pass(10);
    second.answer(['a']);
    await joined;
    expect(memory.recall(guid, 'users')?.ageSeconds).toBe(20);
  });

  it('that is a failure is not kept', async () => {
    const memory = memoryAt();
    const failing = memory.read(guid, 'users', () => Promise.reject(new Error('away')), always);
    await expect(failing).rejects.toThrow('away');
    expect(memory.recall(guid, 'users')).toBeUndefined();
  });

  it('is not kept if the caller decides so at the end, or if it has a megabyte', async () => {
    const memory = memoryAt();
    await memory.read(
      guid,
      'users',
      async () => ['a'],
      () => false,
    );
    expect(memory.recall(guid, 'users')).toBeUndefined();
    await memory.learn(['a'.repeat(1_000_000)]);
    expect(memory.recall(guid, 'users')).toBeUndefined();
  });

  it('serves nothing while the clock is before the time of the request', async () => {
    const memory = memoryAt();
    await memory.learn(['a']);
    memory.pass(-3600);
    expect(memory.recall(guid, 'users')).toBeUndefined();
  });
});

describe('a site that is forgotten', () => {
  it('is requested again, others are not', async () => {
    const memory = memoryAt();
    const other = 'bbbbbbbb-0000-4000-8000-000000000002';
    await memory.learn(['a']);
    await memory.learn(['b'], { site: other });
    memory.forget(guid);
    expect(memory.recall(guid, 'users')).toBeUndefined();
    expect(memory.recall(other, 'users')?.value).toEqual(['b']);
    await memory.learn(['c']);
    expect(memory.recall(guid, 'users')?.value).toEqual(['c']);
  });

  it('keeps no response of a request that was in flight then', async () => {
    const memory = memoryAt();
    const { promise, answer } = pending<string[]>();
    const read = memory.read(guid, 'users', () => promise, always);
    memory.forget(guid);
    answer(['before']);
    expect(await read).toEqual(['before']);
    expect(memory.recall(guid, 'users')).toBeUndefined();
  });

  it('can be any number of sites', async () => {
    const memory = memoryAt();
    await memory.learn(['a']);
    for (let index = 0; index < 30_000; index += 1) memory.forget(`unknown-${index}`);
    expect(memory.recall(guid, 'users')?.value).toEqual(['a']);
  });
});

const event = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('pass' as const), by: fc.integer({ min: 1, max: 200 }) }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('others change' as const), by: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('we change' as const), by: fc.constant(0) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('read' as const), by: fc.constant(0) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('the practice looks' as const), by: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('it answers' as const), by: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('it fails' as const), by: fc.nat() }) },
);

it('with any overlap, a cached value was true within the stated time and since our own last change', async () => {
  let [checked, now, runs] = [0, 0, 0];
  const memory = createReferenceMemory({ seconds, clock: () => now });
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 30, maxLength: 80 }), async (events) => {
      runs += 1;
      const site = `site-${runs}`;
      /** The data of the practice, and until when it was true. */
      const versions: { until: number }[] = [{ until: Number.POSITIVE_INFINITY }];
      let ours = 0;
      const change = () => {
        (versions.at(-1) as { until: number }).until = now;
        versions.push({ until: Number.POSITIVE_INFINITY });
      };
      const running: {
        seen?: number;
        reply: ReturnType<typeof pending<{ version: number }>>;
        read: Promise<unknown>;
      }[] = [];
      const pick = (by: number) => running[by % Math.max(1, running.length)];
      for (const { what, by } of events) {
        if (what === 'pass') now += by * 1000;
        else if (what === 'others change') change();
        else if (what === 'we change') {
          change();
          memory.forget(site);
          ours = versions.length - 1;
        } else if (what === 'read') {
          const reply = pending<{ version: number }>();
          const read = memory.read(site, 'users', () => reply.promise, always).catch(() => {});
          running.push({ reply, read });
        } else {
          const one = pick(by);
          if (!one) continue;
          if (what === 'the practice looks') one.seen ??= versions.length - 1;
          else {
            running.splice(running.indexOf(one), 1);
            if (what === 'it fails') one.reply.fail(new Error('away'));
            else one.reply.answer({ version: one.seen ?? versions.length - 1 });
            await one.read;
          }
        }
        const known = memory.recall<{ version: number }>(site, 'users');
        if (!known) continue;
        checked += 1;
        const { version } = known.value;
        expect(version).toBeGreaterThanOrEqual(ours);
        expect((versions[version] as { until: number }).until).toBeGreaterThan(now - seconds * 1000);
      }
    }),
    { numRuns: 300 },
  );
  expect(checked).toBeGreaterThan(1_000);
});
