import { countingZone } from './site-activity.ts';
import type { Availability, PracticeStatus, StatusReport } from './status-report.ts';

/** The page loads nothing and runs nothing. */
export const statusPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

type Mood = 'good' | 'warn' | 'bad' | 'none';

const availabilities: Readonly<Record<Availability, readonly [Mood, string]>> = {
  paused: ['bad', 'does not answer, calls are paused'],
  no_connection: ['bad', 'no connection to Halo Cloud'],
  site_away: ['bad', 'offline: Halo Link does not answer'],
  forbidden: ['bad', 'access refused (401 or 403)'],
  timed_out: ['warn', 'the last call timed out'],
  rate_limited: ['warn', 'the last call was over the rate limit'],
  failed: ['warn', 'Halo Cloud failed (5xx)'],
  refused: ['warn', 'the last call was refused (4xx)'],
  ok: ['good', 'answers'],
  unknown: ['none', 'not called yet'],
};

const style = `
:root { color-scheme: light dark; --good: #1a7f37; --warn: #9a6700; --bad: #cf222e; --none: #6e7781; --line: #8884; }
@media (prefers-color-scheme: dark) { :root { --good: #3fb950; --warn: #d29922; --bad: #ff7b72; --none: #8b949e; } }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; }
h1 { font-size: 1.25rem; margin: 0 0 .25rem; }
p { margin: .25rem 0; }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: .75rem 0; }
.facts b { font-weight: 600; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top; }
th { font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
small { color: var(--none); }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); font-weight: 600; } .none { color: var(--none); }
@media (max-width: 40rem) {
  thead { display: none; }
  table, tbody, tr, td { display: block; }
  tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  td, td.number { border: 0; padding: .1rem 0; text-align: left; }
  td[data-label]::before { content: attr(data-label) ": "; color: var(--none); }
}`;

/** The report as a page for desktops and phones. It loads itself again every 30 seconds. */
export function statusPage(report: StatusReport): string {
  const { practices } = report;
  const count = (mood: Mood) =>
    practices.filter(({ availability }) => availabilities[availability][0] === mood).length;
  const facts: readonly (readonly [string, string, Mood?])[] = [
    [
      'Halo Cloud',
      report.haloCloud === 'answers' ? 'reachable' : 'no connection',
      report.haloCloud === 'answers' ? 'good' : 'bad',
    ],
    report.redis === null
      ? ['Redis', 'none']
      : ['Redis', report.redis, report.redis === 'answers' ? 'good' : 'bad'],
    [
      'Practices',
      `${count('bad')} not available, ${count('warn')} to check, ${count('good')} answer, ${count('none')} not called yet`,
    ],
    ['Calls that wait', String(report.callsQueued)],
    ['Charged today', String(report.chargedToday)],
    ['Live watches', `${report.watches}, ${subscribersText(report.subscribers)}`],
  ];
  return `<!doctype html>
<html lang="en-AU"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="30"><title>halo-graph status</title><style>${style}</style></head><body>
<h1>halo-graph: ${escapeHtml(report.environment)}</h1>
<p>Replica ${escapeHtml(report.replica)}, version ${escapeHtml(report.version)}, at ${time(report.at)}, running since ${time(report.startedAt)}.
<small>All numbers are of this replica since it started. Times are UTC. “Today” begins at midnight in ${escapeHtml(countingZone)}.</small></p>
<div class="facts">${facts.map(([name, text, mood]) => `<span>${name}: <b${mood ? ` class="${mood}"` : ''}>${escapeHtml(text)}</b></span>`).join('\n')}</div>
<table><thead><tr><th>Practice</th><th>State</th><th>Last contact</th><th class="number">Charged today</th><th>Live</th></tr></thead>
<tbody>
${practices.map((practice) => row(practice, report.at)).join('\n')}
</tbody></table>
${practices.length === 0 ? '<p>No practice is configured, and none was called yet.</p>' : ''}</body></html>
`;
}

function row(practice: PracticeStatus, at: string): string {
  const [mood, text] = availabilities[practice.availability];
  const pause = practice.pauseSeconds > 0 ? `; next call in ${practice.pauseSeconds} s` : '';
  const contact = practice.lastContact === null ? 'never' : `${ago(practice.lastContact, at)} ago`;
  const call =
    practice.lastCall !== null && practice.lastCall !== practice.lastContact
      ? ` <small>last called ${ago(practice.lastCall, at)} ago</small>`
      : '';
  const live =
    practice.watches === 0 ? 'none' : `${practice.watches}, ${subscribersText(practice.subscribers)}`;
  return `<tr><td><b>${escapeHtml(practice.bpSiteId)}</b> ${escapeHtml(practice.name ?? '')}<br><small>${practice.haloGuid ?? ''}</small></td>
<td class="${mood}">${text}${pause}</td><td data-label="Last contact">${contact}${call}</td>
<td class="number" data-label="Charged today">${practice.chargedToday}</td><td data-label="Live watches">${live}</td></tr>`;
}

const subscribersText = (count: number): string => (count === 1 ? '1 subscriber' : `${count} subscribers`);

const time = (instant: string): string =>
  `<time datetime="${instant}">${instant.slice(0, 19).replace('T', ' ')}</time>`;

function ago(then: string, now: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(then)) / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (char) => entities[char] ?? char);
