/** Practices that hang, over real sockets. */
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { createHaloCloud } from '../../../src/datasources/halo-cloud/transport/client.ts';
import { Stop } from '../../../src/lib/stop.ts';
import { collectLog, contextOf, key, listen, wireRows } from './kit.ts';
import { anyQuery } from './scripted-halo.ts';

const guid = (name: string, at: number) => `${name}-0000-4000-8000-${String(at).padStart(12, '0')}`;

it('A4: 40 practices that hang, with 20 callers each, keep no connection from the others', async () => {
  const held = new Set<ServerResponse>();
  const baseUrl = await listen((request, response) => {
    if (request.url?.includes('/deadbeef-')) {
      held.add(response);
      response.once('close', () => held.delete(response));
      return;
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(wireRows([{ n: 1 }])));
  });
  const log = collectLog();
  const halo = createHaloCloud({ baseUrl, subscriptionKey: key, log });
  const signal = new Stop();
  const context = () => contextOf(log, { signal });
  const hanging = Array.from({ length: 40 * 20 }, (_, at) =>
    halo.read(anyQuery(guid('deadbeef', at % 40)), context()),
  );
  const ends = Promise.allSettled(hanging);
  await expect.poll(() => held.size, { timeout: 30_000 }).toBeGreaterThan(500);
  const answers = Array.from({ length: 60 }, (_, at) =>
    halo.read(anyQuery(guid('cafecafe', at % 3)), contextOf(log)),
  );
  expect(await Promise.all(answers)).toEqual(Array(60).fill([{ n: 1 }]));
  expect(held.size).toBeLessThan(1_024 / 1.5);
  signal.abort(new DOMException('late', 'TimeoutError'));
  expect((await ends).filter(({ status }) => status === 'rejected')).toHaveLength(800);
  expect(halo.state()).toMatchObject({ sitesPaused: 40, callsQueued: 0 });
  await expect.poll(() => held.size, { timeout: 30_000 }).toBe(0);
  await halo.close();
});
