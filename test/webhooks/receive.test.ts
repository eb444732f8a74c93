import { createHmac, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWebhookReceiver, type ReceivedWebhook } from '../../src/webhooks/receive.ts';
import { createMemoryIds } from '../../src/webhooks/received-ids.ts';
import { webhookKey } from '../../src/webhooks/signature.ts';
import { instantOf } from '../../src/webhooks/timestamp.ts';

const secret = 'synthetic-webhook-secret';
const now = Date.parse('2026-03-05T14:30:02Z');
const siteId = '5a4db0c5-0000-4000-8000-000000001001';
const queryId = '81e609f4-cd0b-49ce-ab67-6306238fcd56';

function content(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: randomUUID(),
    occurredAt: '2026-03-05T14:30:00.0000000+00:00',
    siteId,
    queryId,
    webhookSource: 'registered',
    ...changes,
  };
}

interface Sending {
  readonly secret?: string;
  readonly timestamp?: string;
  readonly id?: string;
}

function signed(body: unknown, sending: Sending = {}): ReceivedWebhook {
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const { timestamp = '2026-03-05T14:30:01.1234567+00:00' } = sending;
  const id = sending.id ?? ((body as { id?: string }).id || '');
  const signature = createHmac('sha256', sending.secret ?? secret)
    .update(Buffer.concat([bytes, Buffer.from(`.${timestamp}`)]))
    .digest('hex');
  return { body: bytes, id, timestamp, signature };
}

function receiver(
  options: { known?: boolean | 'fails' | 'hangs'; keys?: readonly Buffer[]; clock?: () => number } = {},
) {
  const hints: string[] = [];
  const clock = options.clock ?? (() => now);
  const state = { known: options.known ?? true };
  const events = {
    onQueryCompleted(query: string, site: string): boolean | Promise<boolean> {
      hints.push(`${site} ${query}`);
      if (state.known === 'fails') throw new Error('Redis is away');
      return state.known === 'hangs' ? new Promise(() => {}) : state.known;
    },
  };
  const keys = options.keys ?? [webhookKey(secret, 'utf8')];
  return { ...createWebhookReceiver({ keys, ids: createMemoryIds(clock), events, clock }), hints, state };
}

describe('a webhook', () => {
  it('is accepted with the documented signature, and its hint is handed on', async () => {
    const { receive, hints } = receiver();
    expect(await receive(signed(content()))).toBe('accepted');
    expect(hints).toEqual([`${siteId} ${queryId}`]);
  });

  it('may hold unknown fields', async () => {
    expect(await receiver().receive(signed(content({ region: 'au' })))).toBe('accepted');
  });

  it('of an unknown query is counted as such', async () => {
    expect(await receiver({ known: false }).receive(signed(content()))).toBe('unknown_query');
  });

  it.each(['utf8', 'base64'] as const)('is signed with a secret that is %s', async (encoding) => {
    const text = 'c3ludGhldGlj';
    const key = webhookKey(text, encoding);
    const { body, timestamp, id } = signed(content());
    const signature = createHmac('sha256', Buffer.from(text, encoding))
      .update(body)
      .update(`.${timestamp}`)
      .digest('hex');
    const { id: bodyId } = JSON.parse(body.toString()) as { id: string };
    expect(await receiver({ keys: [key] }).receive({ body, timestamp, id: id || bodyId, signature })).toBe(
      'accepted',
    );
  });

  it('is accepted under either of two secrets during a rotation', async () => {
    const { receive } = receiver({ keys: [webhookKey('new', 'utf8'), webhookKey('old', 'utf8')] });
    expect(await receive(signed(content(), { secret: 'new' }))).toBe('accepted');
    expect(await receive(signed(content(), { secret: 'old' }))).toBe('accepted');
    expect(await receive(signed(content(), { secret: 'older' }))).toBe('bad_signature');
  });

  it('with any changed byte of body, time or signature changes nothing', async () => {
    const { receive, hints } = receiver();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('body', 'timestamp', 'signature'),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (part, at, by) => {
          const webhook = signed(content());
          const bytes = Buffer.from(part === 'body' ? webhook.body : Buffer.from(webhook[part], 'latin1'));
          const place = at % bytes.length;
          bytes[place] = (bytes[place] ?? 0) ^ by;
          const outcome = await receive({
            ...webhook,
            [part]: part === 'body' ? bytes : bytes.toString('latin1'),
          });
          expect(outcome).toBe('bad_signature');
        },
      ),
    );
    expect(hints).toEqual([]);
  });

  it.each([
    ['upper-case hex', (hex: string) => hex.toUpperCase()],
    ['a prefix', (hex: string) => `sha256=${hex}`],
    ['nothing', () => ''],
    ['a shorter text', (hex: string) => hex.slice(1)],
  ])('with %s for a signature is refused', async (_name, change) => {
    const webhook = signed(content());
    expect(await receiver().receive({ ...webhook, signature: change(webhook.signature) })).toBe(
      'bad_signature',
    );
  });

  it.each([
    ['five minutes old', '2026-03-05T14:25:02.0000000+00:00', 'accepted'],
    ['older', '2026-03-05T14:25:01.9990000+00:00', 'not_recent'],
    ['five minutes ahead', '2026-03-05T14:35:02.0000000+00:00', 'accepted'],
    ['further ahead', '2026-03-05T14:35:02.0010000+00:00', 'not_recent'],
    ['of another offset', '2026-03-06T00:30:01.0000000+10:00', 'accepted'],
    ['of another offset and old', '2026-03-05T14:30:01.0000000+10:00', 'not_recent'],
    ['without an offset', '2026-03-05T14:30:01.0000000', 'malformed'],
    ['a date alone', '2026-03-05', 'malformed'],
    ['an RFC 1123 date', 'Thu, 05 Mar 2026 14:30:01 GMT', 'malformed'],
    ['followed by text', '2026-03-05T14:30:01Z x', 'malformed'],
    ['of a day that does not exist', '2026-02-30T14:30:01Z', 'malformed'],
    ['milliseconds', '1772721001000', 'malformed'],
    ['nothing', '', 'malformed'],
  ])('sent at a time that is %s', async (_name, timestamp, outcome) => {
    expect(await receiver().receive(signed(content(), { timestamp }))).toBe(outcome);
  });

  const whole = content();
  it.each<readonly [string, string | Buffer]>([
    ['an empty body', ''],
    ['no JSON', '{'],
    ['two objects', `${JSON.stringify(whole)}${JSON.stringify(whole)}`],
    ['an array', JSON.stringify([whole])],
    ['null', 'null'],
    ['a byte order mark', `\ufeff${JSON.stringify(whole)}`],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ...['id', 'occurredAt', 'siteId', 'queryId', 'webhookSource'].flatMap((field) => [
      [`no ${field}`, JSON.stringify({ ...whole, [field]: undefined })] as const,
      [`a number as ${field}`, JSON.stringify({ ...whole, [field]: 1 })] as const,
      [
        `text as ${field}`,
        JSON.stringify({ ...whole, [field]: field === 'webhookSource' ? '' : 'x' }),
      ] as const,
    ]),
  ])('with %s for a body is malformed', async (_name, body) => {
    const { receive, hints } = receiver();
    expect(await receive(signed(body, { id: String(whole.id) }))).toBe('malformed');
    expect(hints).toEqual([]);
  });

  it('whose X-Halo-Id is not that of the body is malformed', async () => {
    expect(await receiver().receive(signed(content(), { id: randomUUID() }))).toBe('malformed');
  });

  it('that comes again within two hours is a duplicate, also with a new time and signature', async () => {
    let clock = now;
    const { receive, hints } = receiver({ clock: () => clock });
    const body = content();
    expect(await receive(signed(body))).toBe('accepted');
    clock += 2 * 3_600_000 - 1;
    const timestamp = new Date(clock).toISOString();
    expect(await receive(signed(body, { timestamp }))).toBe('duplicate');
    expect(hints).toHaveLength(1);
  });

  it.each(['fails', 'hangs'] as const)(
    'whose delivery %s is a failure of this server, and its next attempt is no duplicate',
    async (how) => {
      const { receive, state } = receiver({ known: how });
      const webhook = signed(content());
      expect(await receive(webhook)).toBe('unavailable');
      state.known = true;
      expect(await receive(webhook)).toBe('accepted');
    },
  );
});

describe('an instant', () => {
  it('is read as Date reads it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(instantOf(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });
  it('rejects any other text', () => {
    fc.assert(fc.property(fc.string(), (text) => instantOf(text) === null || /^\d{4}-/.test(text)));
  });
});
