/** Real clients: what they send is recorded for the tests of the project, and each gets its data from the facade. */
import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Facade, openFacade } from '../../open-facade.ts';
import { type Recording, readRecordings, recordingsFile } from '../../recorded-clients/recordings.ts';
import { conversations } from './conversations.ts';
import { openRecorder, type Recorder } from './recorder.ts';

describe('what they send', () => {
  let recorder: Recorder;
  const recorded: Recording[] = [];
  beforeAll(async () => {
    recorder = await openRecorder();
    for (const { client, does, run } of conversations) {
      await run(recorder.url);
      recorded.push({ client, does, requests: recorder.taken() });
    }
    // To record again, delete the file.
    if (!existsSync(recordingsFile)) writeFileSync(recordingsFile, `${JSON.stringify(recorded, null, 2)}\n`);
  });
  afterAll(() => recorder.close());

  it('equals test/recorded-clients, byte for byte', () => {
    expect(recorded).toEqual(readRecordings());
  });
});

describe('what they get', () => {
  let facade: Facade;
  let server: Server;
  let url: string;
  beforeAll(async () => {
    facade = openFacade();
    server = createServer(facade.yoga).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await facade.close();
  });

  const refused = (does: string, client: string) =>
    /with variables by GET/.test(does) || (client === 'urql 5' && does === 'a query with variables');

  it.each(conversations.map((each) => [each.client, each.does, each] as const))(
    '%s: %s',
    async (client, does, { run }) => {
      if (refused(does, client)) {
        await expect(run(url)).rejects.toThrow(/POST|preferGetMethod|GET/);
        return;
      }
      const data = (await run(url)) as Record<string, unknown>;
      expect(Object.keys(data)).toHaveLength(1);
      expect(Object.values(data)[0]).toBeTruthy();
    },
  );
});
