import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server/start.ts';
import { today } from '../practice-fixture.ts';
import { decoded, queryClient } from './query-client.ts';

let sandbox: RunningSandbox;
let site: ReturnType<typeof queryClient>;
beforeAll(async () => {
  sandbox = await startSandbox({ today });
  site = queryClient(sandbox.url);
});
afterAll(() => sandbox.close());

const n = { name: '@n', type: 'Int', direction: 'output', value: null };
const text = { name: '@text', type: 'NVarChar', direction: 'inputOutput', value: 'Sample', size: 40 };
const command = {
  text: "SET @n = 7; SET @text = @text + N' \u00e9'",
  executionMode: 'nonQuery',
  parameters: [n, text],
};
const out = [
  { name: '@n', type: 'Int', direction: 'output', value: '7' },
  { name: '@text', type: 'NVarChar', direction: 'inputOutput', value: 'Sample \u00e9' },
];
const finished = async (requested: object, fault?: string) => {
  const id = await site.start(requested, fault);
  sandbox.advance(60_000);
  return id;
};

describe('output parameters', () => {
  it('come with an immediate answer, plain or in base64', async () => {
    expect((await site.immediate(command)).json.result).toEqual({
      rowsAffected: -1,
      size: 0,
      parameters: out,
    });
    expect((await site.immediate(command, 'outputs-base64')).json.result.parameters).toMatchObject(
      out.map(({ value }) => ({ value: Buffer.from(value).toString('base64') })),
    );
  });

  it('are all that the page of a nonQuery holds', async () => {
    const id = await finished(command);
    expect((await site.get(id)).json.result).toMatchObject({
      rowsAffected: -1,
      size: 0,
      pages: [{ size: 0 }],
    });
    expect((await site.get(`${id}/results/1`)).json).toEqual({ parameters: out });
    expect((await site.get(`${id}/results/1/stream`)).json).toEqual([]);
  });

  it('come beside rows', async () => {
    const reader = { text: 'SET @n = 7; SELECT @n + 1 AS m', parameters: [n] };
    const { result } = (await site.immediate(reader)).json;
    expect(decoded(result.data)).toEqual([{ m: 8 }]);
    expect(result.parameters).toEqual([out[0]]);
    const { json } = await site.get(`${await finished(reader)}/results/1`);
    expect(decoded(json.data)).toEqual([{ m: 8 }]);
    expect(json.parameters).toEqual([out[0]]);
  });
});

describe('a stored procedure by its name', () => {
  const booked = {
    text: 'BP_IsAppointmentBooked',
    type: 'storedProcedure',
    executionMode: 'nonQuery',
    parameters: [
      { name: '@userid', type: 'Int', value: '2' },
      { name: '@aptdate', type: 'Date', value: '2026-11-24' },
      { name: '@apttime', type: 'Int', value: '1' },
      { name: '@r', type: 'Int', direction: 'returnValue', value: null },
    ],
  };

  it('returns its value in async queries too', async () => {
    const { json } = await site.get(`${await finished(booked)}/results/1`);
    expect(json.parameters).toEqual([{ name: '@r', type: 'Int', direction: 'returnValue', value: '0' }]);
  });

  it.each([
    ['NVarChar', 'x'.repeat(4001)],
    ['VarBinary', Buffer.alloc(8001).toString('base64')],
  ])('takes no %s that is too long: a fault of Halo Link that is documented', async (type, value) => {
    const parameters = [{ name: '@long', type, value }];
    const named = await site.immediate({ ...booked, parameters });
    expect(named).toMatchObject({
      status: 400,
      json: {
        status: 'executionFailed',
        errorDetails: { errorMessage: expect.stringContaining('Failed to convert parameter value') },
      },
    });
    expect((await site.immediate({ text: 'SELECT LEN(@long) AS n', parameters })).text).not.toContain(
      'Failed to convert',
    );
  });
});

describe('rows affected', () => {
  it('are counted', async () => {
    const update = {
      text: "UPDATE USERS SET PHONE = '(02) 5550 0000' WHERE USERID IN (2, 4)",
      executionMode: 'nonQuery',
    };
    expect((await site.immediate(update)).json).toMatchObject({ result: { rowsAffected: 2 } });
    expect((await site.get(await finished(update))).json.result).toMatchObject({ rowsAffected: 2 });
  });
});
