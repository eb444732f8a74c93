import { type Answer, Refusal } from './answer.ts';
import { atDesk, type DeskChange, deskTimes } from './front-desk.ts';
import { readBody } from './query-command.ts';
import type { Sandbox, SandboxRequest } from './routes.ts';
import { readWebhookFault } from './webhooks/webhook-faults.ts';

/** Default secret of the sandbox's webhooks. */
const defaultWebhookSecret = 'sandbox-webhook-secret';

/** The control endpoints below `/sandbox`. Throws a Refusal. */
export function control(sandbox: Sandbox, { method, url, body }: SandboxRequest): Answer {
  const at = `${method} ${url.pathname}`;
  if (at === 'POST /sandbox/faults') return setFault(sandbox, readBody(body));
  if (at === 'POST /sandbox/clock') return advance(sandbox, readBody(body));
  if (at === 'POST /sandbox/webhook') return sendWebhooks(sandbox, readBody(body));
  if (at === 'POST /sandbox/webhook/faults') return breakWebhooks(sandbox, readBody(body));
  if (at === 'POST /sandbox/registered') return setMinFrequency(sandbox, readBody(body));
  if (at === 'POST /sandbox/registered/cancel') return cancelRegistered(sandbox, readBody(body));
  if (at === 'POST /sandbox/desk') return changeAtDesk(sandbox, readBody(body));
  throw new Refusal(404, 'Operation Not Found');
}

/** `{ "bpSiteId": "1001", "fault": "offline" }`; null mends the site. */
function setFault(
  { practices, faults }: Sandbox,
  { bpSiteId, fault }: Readonly<Record<string, unknown>>,
): Answer {
  if (typeof bpSiteId !== 'string' || !(fault === null || typeof fault === 'string')) {
    throw new Refusal(400, 'Say { "bpSiteId": "1001", "fault": "offline" }, or null for no fault.');
  }
  if (!practices.some((practice) => practice.bpSiteId === bpSiteId))
    throw new Refusal(404, 'No such practice.');
  faults.set(bpSiteId, fault);
  return { status: 200, body: { bpSiteId, fault } };
}

/** `{ "advanceMs": 60000 }`: puts Halo Cloud's clock forward. */
function advance({ clock }: Sandbox, { advanceMs }: Readonly<Record<string, unknown>>): Answer {
  if (typeof advanceMs !== 'number' || !(advanceMs >= 0 && advanceMs <= 366 * 86_400_000))
    throw new Refusal(400, 'Say { "advanceMs": 60000 }: how far Halo Cloud\'s clock is put forward.');
  clock.advance(advanceMs);
  return { status: 200, body: { now: new Date(clock.now()).toISOString() } };
}

/** `{ "url": "http://127.0.0.1:4000/webhooks/halo", "secret": "..." }`; a null URL turns webhooks off. */
function sendWebhooks(
  { webhooks }: Sandbox,
  { url, secret = defaultWebhookSecret }: Readonly<Record<string, unknown>>,
): Answer {
  if (typeof secret !== 'string' || !(url === null || (typeof url === 'string' && URL.canParse(url))))
    throw new Refusal(
      400,
      'Say { "url": "http://127.0.0.1:4000/webhooks/halo", "secret": "..." }, or a null URL.',
    );
  webhooks.sendTo(url === null ? null : { url, secret });
  return { status: 200, body: { url } };
}

/** `{ "fault": "lose" }`; null: webhooks arrive as they should. */
function breakWebhooks({ webhooks }: Sandbox, { fault }: Readonly<Record<string, unknown>>): Answer {
  webhooks.fault = readWebhookFault(fault);
  return { status: 200, body: { fault } };
}

/** `{ "minFrequencySeconds": 1 }`: for tests that cannot wait for Halo Cloud's 60 seconds. */
function setMinFrequency(
  { registered }: Sandbox,
  { minFrequencySeconds }: Readonly<Record<string, unknown>>,
): Answer {
  if (typeof minFrequencySeconds !== 'number' || !(minFrequencySeconds >= 1 && minFrequencySeconds <= 60))
    throw new Refusal(400, 'Say { "minFrequencySeconds": 1 }: a number from 1 to 60.');
  registered.minFrequency = minFrequencySeconds;
  return { status: 200, body: { minFrequencySeconds } };
}

/** `{ "bpSiteId": "1001", "queryId": "..." }`: another integrator cancels it; without `queryId`, all of the practice's. */
function cancelRegistered(
  { practices, queries, clock }: Sandbox,
  { bpSiteId, queryId }: Readonly<Record<string, unknown>>,
): Answer {
  const practice = practices.find((each) => each.bpSiteId === bpSiteId);
  if (!practice) throw new Refusal(404, 'No such practice.');
  const guids = [practice.haloGuid, practice.formerHaloGuid].flatMap((guid) => guid ?? []);
  const found = guids
    .flatMap((guid) => queries.of(guid).registered.all())
    .filter(({ identity }) => queryId === undefined || identity.id === queryId);
  for (const query of found) query.cancel(clock.now());
  return { status: 200, body: { cancelled: found.length } };
}

/** `{ "bpSiteId": "1001", "change": { "cancel": 4711 }, "when": "before-next-write" }`; without `when` at once. */
function changeAtDesk(
  { practices, frontDesk, server }: Sandbox,
  { bpSiteId, change, when = 'now' }: Readonly<Record<string, unknown>>,
): Answer {
  const practice = practices.find((each) => each.bpSiteId === bpSiteId);
  if (!practice) throw new Refusal(404, 'No such practice.');
  const time = deskTimes.find((each) => each === when);
  if (!isDeskChange(change) || !time) {
    throw new Refusal(
      400,
      'Say { "bpSiteId": "1001", "change": { "cancel": 4711 } }, or a change with "add" or "change", and "when".',
    );
  }
  if (time !== 'now') {
    frontDesk.plan(practice.bpSiteId, change, time);
    return { status: 200, body: { appointmentId: null } };
  }
  const { database, now } = server(practice);
  return { status: 200, body: { appointmentId: atDesk(database, change, now()) } };
}

function isDeskChange(value: unknown): value is DeskChange {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['add', 'change', 'cancel', 'delete', 'restore'].some((kind) => kind in value)
  );
}
