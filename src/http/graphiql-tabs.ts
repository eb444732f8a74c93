/** The tabs that GraphiQL opens with. Their operations work with the sandbox as it starts. */

import { faultHeader } from '../datasources/halo-cloud/transport/call-headers.ts';
import { addDays, dayOfWeek, localInstant, today } from '../time/local.ts';
import type { DayOfWeek, LocalDate } from '../time/types.ts';
import {
  dayBook,
  freeSlots,
  liveBook,
  movedPractice,
  offlinePractice,
  patientSearch,
  welcome,
} from './graphiql-reads.ts';
import { bookMoveCancel, sqlPassthrough } from './graphiql-writes.ts';

export interface GraphiqlTab {
  readonly query: string;
  readonly variables: string;
  readonly headers: string;
}

/** The Halo GUID that the sandbox's practice 1005 had before it moved to another server. */
const formerHaloGuid = '5a4db0c5-0000-4000-a000-000000001005';

/** A multiple of seven days, beyond the last day with appointments in the sandbox. */
const daysPastLastAppointment = 280;

const weekend: readonly DayOfWeek[] = ['SATURDAY', 'SUNDAY'];

/** Today in Sydney, or the next Monday on a weekend, when the sandbox's practices are closed. */
export function nextWeekday(now: number): string {
  let date = today(now, 'Australia/Sydney');
  while (weekend.includes(dayOfWeek(date))) date = addDays(date, 1);
  return date;
}

export function graphiqlTabs(now: number): GraphiqlTab[] {
  const date = nextWeekday(now);
  return [
    tab(welcome, {}),
    tab(dayBook, { bpSiteId: '1001', date }),
    tab(freeSlots, { bpSiteId: '1001', from: date, to: addDays(date, 6) }),
    tab(patientSearch, { bpSiteId: '1001', search: { name: 'sam' } }),
    tab(bookMoveCancel, booking(addDays(date, daysPastLastAppointment))),
    tab(liveBook, { bpSiteId: '1001', from: addDays(date, daysPastLastAppointment) }),
    tab(sqlPassthrough, sql()),
    tab(movedPractice, { bpSiteId: '1005', formerHaloGuid, date }, { [faultHeader]: '1005:moved' }),
    tab(offlinePractice, { bpSiteIds: ['1001', '1007'], date }),
  ];
}

/** Variables for practice 1001: user 2 has sessions every weekday from 08:30, and patient 1 is active. */
function booking(date: LocalDate): object {
  const at = (hours: number) => localInstant(date, hours * 3600, 'Australia/Sydney');
  const bpSiteId = '1001';
  const appointmentId = 'paste the id of the booked appointment';
  return {
    bpSiteId,
    from: date,
    userId: '2',
    booking: {
      bpSiteId,
      userId: '2',
      patientId: '1',
      start: at(10),
      reason: 'Sample reason',
      idempotencyKey: 'change-me-for-another-booking',
    },
    move: { bpSiteId, appointmentId, start: at(11) },
    cancellation: { bpSiteId, appointmentId },
  };
}

/** Variables for practice 1001: reads its short appointment types. */
function sql(): object {
  const site = { bpSiteId: '1001' };
  const command = {
    text: 'SELECT APPOINTMENTCODE, DESCRIPTION, APPOINTMENTLENGTH FROM APPOINTMENTTYPES WHERE APPOINTMENTLENGTH <= @seconds ORDER BY APPOINTMENTCODE',
    parameters: [{ name: '@seconds', type: 'Int', value: '900' }],
  };
  return { ...site, statement: { site, command }, query: { site, command } };
}

function tab(query: string, variables: object, headers: Record<string, string> = {}): GraphiqlTab {
  return {
    query: query.trimStart(),
    variables: JSON.stringify(variables, null, 2),
    headers: JSON.stringify(headers, null, 2),
  };
}
