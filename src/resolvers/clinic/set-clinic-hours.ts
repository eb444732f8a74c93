import type { GraphContext } from '../../context.ts';
import type { ClinicWeek } from '../../datasources/domain/clinic.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import { NotFound } from '../../errors.ts';
import { daysOfWeek } from '../../time/local.ts';
import { asInput, InputCheck } from '../check-input.ts';
import type { ClinicHours } from '../entities.ts';
import { readPmsId } from '../global-id.ts';
import { practiceOfInput } from '../practice/practices.ts';
import { lookAt, sendIdempotent } from '../writes/outcome.ts';
import { type Readable, readBack, readInTime } from '../writes/read-back.ts';
import { clinicHoursAt } from './clinic.ts';
import { type DayHoursInput, readWeek } from './week-input.ts';

export interface SetClinicHoursInput {
  readonly bpSiteId: string;
  readonly locationId?: string | null | undefined;
  readonly week: readonly DayHoursInput[];
}

export interface ClinicHoursPayload {
  readonly clinicHours: ClinicHours;
}

/** Sources of hours that the practice records. Other sources are derived. */
const kept: readonly ClinicWeek['source'][] = ['RECORDED', 'PRACTICE_SESSIONS'];

/** `Mutation.setClinicHours`. Nothing is sent if the practice has these hours already. */
export async function setClinicHours(
  _root: unknown,
  { input }: { readonly input: SetClinicHoursInput },
  context: GraphContext,
): Promise<ClinicHoursPayload> {
  const practice = await practiceOfInput(input, context);
  const check = new InputCheck();
  const given = input.locationId
    ? readPmsId(check, ['input', 'locationId'], input.locationId, 'Location', practice)
    : undefined;
  const days = readWeek(check, ['input', 'week'], input.week);
  check.done();
  const current = await clinicHoursAt(practice, given);
  if (!current) throw new NotFound({ message: 'The practice has no such location.' });
  const { location, week: before } = current.data;
  const isKept = kept.includes(before.source);
  if (!isKept && days.size < daysOfWeek().length) {
    check.reject(
      ['input', 'week'],
      'The practice has no opening hours for this location yet. Enter all seven days.',
    );
  }
  const week = before.week.map(({ day, periods }) => ({ day, periods: days.get(day) ?? periods }));
  if (week.every(({ periods }) => periods.length === 0)) {
    check.reject(['input', 'week'], 'At least one day must have opening hours.');
  }
  check.done();
  const locationId = location.pmsId;
  if (!isKept || !sameWeek(before.week, week)) {
    await sendIdempotent(
      () => asInput(practice.writes.setClinicHours({ locationId, week })),
      () =>
        readInTime(context, practice, async (at) => {
          const now = await weekNow(at, locationId);
          const isAsRequested = now !== null && kept.includes(now.source) && sameWeek(now.week, week);
          return lookAt(isAsRequested, now?.source === before.source && sameWeek(now.week, before.week));
        }),
    );
  }
  const after = await readBack(context, practice, (at) => weekNow(at, locationId));
  return { clinicHours: hoursOf(practice, { location, week: after }) };
}

async function weekNow({ data }: Readable, locationId: string): Promise<ClinicWeek | null> {
  return (await data.clinicHours()).find((week) => week.locationId === locationId) ?? null;
}

function hoursOf(practice: Practice, data: ClinicHours['data']): ClinicHours {
  return { kind: 'ClinicHours', practice, data };
}

function sameWeek(a: ClinicWeek['week'], b: ClinicWeek['week']): boolean {
  const text = (week: ClinicWeek['week']) =>
    week.map(({ day, periods }) => [day, ...periods.map(({ opens, closes }) => `${opens}-${closes}`)]).join();
  return text(a) === text(b);
}
