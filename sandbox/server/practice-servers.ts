import type { PracticeDatabase } from '../database/practice-database.ts';
import { openPracticeDatabase } from '../database/practice-database.ts';
import type { PracticeSpec } from '../practices.ts';
import { SqlEngine } from '../sql/engine.ts';

/** What stands in a practice: its database, and SQL Server in front of it. */
export interface PracticeServer {
  readonly database: PracticeDatabase;
  readonly engine: SqlEngine;
  /** The wall date that the data was drawn around. */
  readonly today: string;
}

/** Wall time in a zone: `YYYY-MM-DDTHH:MM:SS`. */
function wallClock(timeZone: string): string {
  // Sweden writes dates as ISO does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    .format()
    .replace(' ', 'T');
}

/** Servers by Bp Site ID, each set up when it is first asked. `today`: a fixed date for all, else each zone's own. */
export function practiceServers(today: string | undefined): (practice: PracticeSpec) => PracticeServer {
  const servers = new Map<string, PracticeServer>();
  return (practice) => {
    const known = servers.get(practice.bpSiteId);
    if (known) return known;
    const date = today ?? wallClock(practice.timeZone).slice(0, 10);
    const database = openPracticeDatabase(practice, date);
    const now = (): string =>
      (today ?? wallClock(practice.timeZone).slice(0, 10)) + wallClock(practice.timeZone).slice(10);
    const server = { database, today: date, engine: new SqlEngine(database, now) };
    servers.set(practice.bpSiteId, server);
    return server;
  };
}
