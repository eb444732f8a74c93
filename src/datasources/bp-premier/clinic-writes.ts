import { OperationNotSupported } from '../../errors.ts';
import type { OpenPeriod } from '../domain/clinic.ts';
import type { ClinicHoursChange } from '../domain/clinic-writes.ts';
import type { WriteBounds } from '../practice/source-adapter.ts';
import type { PracticeWrites } from '../practice/write-port.ts';
import { withList } from './change-element.ts';
import { closedDaysNotKnown, neverOpenNotKnown } from './not-known.ts';
import type { Site } from './places.ts';
import type { Element } from './read-element.ts';
import { days, lastSecond } from './read-week.ts';
import { refusedNotTaken, updateResource } from './update-resource.ts';

// Rests on assumption F17.

type Week = ClinicHoursChange['week'];
type Times = { readonly openingTime: string; readonly closingTime: string };

/** An update is two calls: a read and a write. */
export const clinicWriteBounds = {
  setClinicHours: { calls: 2 },
  addDayClosed: null,
  removeDayClosed: null,
} as const satisfies Partial<WriteBounds>;

/** Changes opening hours by updating the Location (F17). Halo's FHIR API has no closed days. */
export function clinicWrites(
  site: Site,
): Pick<PracticeWrites, 'setClinicHours' | 'addDayClosed' | 'removeDayClosed'> {
  const { connection } = site;
  const unknown = async (message: string): Promise<never> => {
    throw new OperationNotSupported({ operation: 'WRITE_CLINIC_HOURS', pms: connection.pms }, { message });
  };
  return {
    async setClinicHours({ locationId, week }) {
      if (isNeverOpen(week)) return unknown(neverOpenNotKnown);
      try {
        await refusedNotTaken(
          updateResource(
            connection,
            'Location',
            locationId,
            'The practice has no such location.',
            (resource) => withList(resource, 'hoursOfOperation', hoursOf(week)),
          ),
        );
      } finally {
        site.forgetPlaces();
      }
    },
    addDayClosed: () => unknown(closedDaysNotKnown),
    removeDayClosed: () => unknown(closedDaysNotKnown),
  };
}

/** A Location without hours means that its hours are not recorded. It does not mean closed. */
export function isNeverOpen(week: Week): boolean {
  return week.length > 0 && week.every(({ periods }) => periods.length === 0);
}

/** One entry for each period, with all its days. */
function hoursOf(week: Week): readonly Element[] {
  const open = week.flatMap(({ day, periods }) => periods.map((period) => ({ day, period })));
  const entries = new Map<string, { daysOfWeek: (string | undefined)[] } & Times>();
  for (const { day, period } of open) {
    const times = timesOf(period);
    const key = `${times.openingTime}-${times.closingTime}`;
    const entry = entries.get(key) ?? { daysOfWeek: [], ...times };
    entry.daysOfWeek.push(codeOf(day));
    entries.set(key, entry);
  }
  return [...entries.values()];
}

function codeOf(day: Week[number]['day']): string | undefined {
  return Object.keys(days).find((code) => days[code] === day);
}

function timesOf({ opens, closes }: OpenPeriod): Times {
  return { openingTime: `${opens}:00`, closingTime: closes === '24:00' ? lastSecond : `${closes}:00` };
}
