/** A call whose subscription key Halo Cloud refuses, on the wire. */
import { expect, it } from 'vitest';
import { immediateQuery, immediateWrite } from '../../../src/datasources/halo-cloud/sql/immediate-query.ts';
import { createHaloCloud } from '../../../src/datasources/halo-cloud/transport/client.ts';
import { createSubscriptionKeys } from '../../../src/subscription-keys.ts';
import { collectLog, contextOf, failureOf, fakeHalo, guidA, sqlPath, wireError, wireRows } from './kit.ts';

const query = immediateQuery(guidA, { text: 'SELECT 1 AS id', parameters: [] });
const change = immediateWrite(guidA, {
  procedure: 'BP_AddAppointment',
  text: 'EXEC @id = dbo.BP_AddAppointment; SELECT @id AS id;',
  parameters: [],
});
const keys = ['synthetic-primary', 'synthetic-secondary'];

/** A Halo Cloud that answers in this order. */
function open(...statuses: readonly (200 | 401)[]) {
  const { agent, answer } = fakeHalo();
  for (const status of statuses) {
    answer('POST', sqlPath(guidA), status, status === 200 ? wireRows([{ id: 1 }]) : wireError(401, 'x'));
  }
  const log = collectLog();
  const halo = createHaloCloud({
    baseUrl: 'http://halo.test',
    subscriptionKey: createSubscriptionKeys({ keys, log }),
    dispatcher: agent,
    log,
  });
  const sentWith = () =>
    agent
      .getCallHistory()
      ?.calls()
      .map(({ headers }) => (headers as Record<string, string>)['ocp-apim-subscription-key']);
  return { halo, log, context: contextOf(log), sentWith };
}

it('part 8: a read is sent again with the other key; the refused attempt is a call that is not charged', async () => {
  const { halo, context, sentWith } = open(401, 200, 200);
  expect(await halo.read(query, context)).toEqual([{ id: 1 }]);
  expect(sentWith()).toEqual(keys);
  expect(context.cost.report()).toMatchObject({ calls: 2, charged: 1, retries: 1 });
  await halo.read(query, context);
  expect(sentWith()).toEqual([...keys, keys[1]]);
});

it('part 8: a write too, because a refused one was not carried out', async () => {
  const { halo, context, sentWith } = open(401, 200);
  expect(await halo.write(change, context)).toEqual([{ id: 1 }]);
  expect(sentWith()).toEqual(keys);
  expect(context.cost.report()).toMatchObject({ calls: 2, charged: 1 });
});

it('part 8: both refused is one error, and a write is known not to be made', async () => {
  const { halo, context, log } = open(401, 401, 401, 401);
  for (const attempt of [() => halo.read(query, context), () => halo.write(change, context)]) {
    expect(await failureOf(attempt())).toMatchObject({
      code: 'ACCESS_DENIED',
      reason: 'SUBSCRIPTION_KEY_REJECTED',
    });
  }
  expect(context.cost.report()).toMatchObject({ calls: 4, charged: 0 });
  expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  expect(JSON.stringify(log.lines)).not.toContain('synthetic-');
});
