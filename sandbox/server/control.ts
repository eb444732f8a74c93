import { type Answer, Refusal } from './answer.ts';
import { atDesk, type DeskChange, deskTimes } from './front-desk.ts';
import { readBody } from './query-command.ts';
import type { Sandbox, SandboxRequest } from './routes.ts';

/** The sandbox's own endpoints, below `/sandbox`. Throws a Refusal. */
export function control(sandbox: Sandbox, { method, url, body }: SandboxRequest): Answer {
  const at = `${method} ${url.pathname}`;
  if (at === 'POST /sandbox/faults') return setFault(sandbox, readBody(body));
  if (at === 'POST /sandbox/clock') return advance(sandbox, readBody(body));
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
    typeof value === 'object' && value !== null && ['add', 'change', 'cancel'].some((kind) => kind in value)
  );
}
