import type { PracticeDatabase } from '../database/practice-database.ts';
import { openPracticeDatabase } from '../database/practice-database.ts';
import { zoneOf } from '../fhir/zones.ts';
import type { PracticeSpec } from '../practices.ts';
import { SqlEngine } from '../sql/engine.ts';
import { bareDatabase } from './bare-database.ts';

/** The server of a practice: its database behind SQL Server. */
export interface PracticeServer {
  readonly database: PracticeDatabase;
  /** By the name of a catalogue; the default one holds the practice's data. */
  readonly engine: (catalogue: string) => SqlEngine;
  /** The wall date that the data was drawn around. */
  readonly today: string;
  /** Wall time now, `YYYY-MM-DDTHH:MM:SS`: at a location, or at the practice's first. */
  readonly now: (locationId?: number) => string;
}

interface Times {
  /** The local date of every practice. Absent: the current date of each zone. */
  readonly today?: string;
  /** Milliseconds since 1970. Absent: the real time of day, on `today`. */
  readonly now?: () => number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Wall time in a zone: `YYYY-MM-DDTHH:MM:SS`. */
function wallClock(timeZone: string, moment: number): string {
  // Sweden writes dates as ISO does.
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(timeZone, clock);
  return clock.format(moment).replace(' ', 'T');
}

/** Servers by Bp Site ID. Each is set up at its first request. */
export function practiceServers({ today, now }: Times): (practice: PracticeSpec) => PracticeServer {
  const servers = new Map<string, PracticeServer>();
  const wall = (timeZone: string): string => {
    const real = wallClock(timeZone, now?.() ?? Date.now());
    return today !== undefined && now === undefined ? today + real.slice(10) : real;
  };
  return (practice) => {
    const known = servers.get(practice.bpSiteId);
    if (known) return known;
    const date = today ?? wall(practice.timeZone).slice(0, 10);
    const database = openPracticeDatabase(practice, date);
    const clock = (locationId = 0): string => wall(zoneOf(practice, locationId));
    const engine = new SqlEngine(database, clock);
    let drugs: SqlEngine | undefined;
    const engineOf = (catalogue: string): SqlEngine => {
      if (catalogue !== 'BPSDrugs') return engine;
      drugs ??= new SqlEngine(bareDatabase(practice, date), clock);
      return drugs;
    };
    const server = { database, today: date, now: clock, engine: engineOf };
    servers.set(practice.bpSiteId, server);
    return server;
  };
}
