import type { PracticeSpec } from '../practices.ts';
import { addDays, dateTime, dayOfWeek } from './dates.ts';
import type { DaySlot } from './day-slots.ts';
import { daySlots } from './day-slots.ts';
import { insertRows } from './insert.ts';
import type { Random } from './random.ts';
import type { PatientRow } from './seed-patients.ts';
import type { Rosters } from './seed-rosters.ts';
import type { StaffMember } from './staff.ts';
import { visitState } from './visit-state.ts';

const reasons = [
  'Repeat script',
  'Results',
  'Check-up',
  'Flu vaccine',
  'Dressing change',
  'Care plan',
  '50% review_[a]',
  "Mother's referral",
];
const comments = ['Call when ready', 'Prefers the ramp', 'Brings a sample of 100% [checked]_'];
const singleTypes = [1, 1, 1, 1, 7, 30, 29];
const doubleTypes = [2, 4, 24, 101];
const blockingCodes = [0, 9, 11, 99];

/** The input of a generated book. */
export interface BookSetting {
  readonly practice: PracticeSpec;
  readonly staff: readonly StaffMember[];
  readonly rosters: Rosters;
  readonly patients: readonly PatientRow[];
  readonly today: string;
  readonly random: Random;
}

interface Book {
  readonly appointments: ReturnType<typeof appointmentRow>[];
  readonly cancelled: {
    APPOINTMENTID: number;
    CANCELLEDBY: number;
    CANCELLEDDATE: string;
    CANCELLEDTIME: number;
    REASON: string | null;
  }[];
}

interface Drawn {
  readonly id: number;
  readonly date: string;
  readonly slot: DaySlot;
  readonly double: boolean;
  readonly kind: 'visit' | 'cancelled' | 'blocked';
  readonly patient: number;
}

function appointmentRow({ practice, staff, today, random }: BookSetting, drawn: Drawn) {
  const { id, date, slot, double, kind } = drawn;
  const APPOINTMENTLENGTH = slot.length * (double ? 2 : 1);
  const when = date < today ? 'past' : date === today ? 'today' : 'future';
  const type = kind === 'blocked' ? 0 : random.pick(double ? doubleTypes : singleTypes);
  const desk = staff.find(({ group }) => group === 'Receptionist')?.userId ?? 1;
  const ahead = addDays(date, -random.between(1, 40));
  const created = ahead > today ? addDays(today, -random.between(0, 40)) : ahead;
  const state =
    kind === 'visit'
      ? visitState(when, slot.time, APPOINTMENTLENGTH, random)
      : {
          APPOINTMENTCODE: kind === 'blocked' ? random.pick(blockingCodes) : 1,
          ARRIVALTIME: 0,
          CONSULTATIONTIME: 0,
          VISITLENGTH: 0,
        };
  return {
    RECORDID: id,
    INTERNALID: drawn.patient,
    RECORDSTATUS: kind === 'cancelled' ? random.pick([2, 2, 0]) : 1,
    USERID: slot.member.userId,
    LOCATIONID: slot.locationId,
    APPOINTMENTDATE: dateTime(date),
    APPOINTMENTTIME: slot.time,
    APPOINTMENTLENGTH,
    APPOINTMENTCODE: state.APPOINTMENTCODE,
    APPOINTMENTTYPE: type,
    URGENT: kind === 'visit' && random.chance(0.03) ? 1 : 0,
    REASON: kind === 'visit' && random.chance(0.5) ? random.pick(reasons) : null,
    ARRIVALTIME: state.ARRIVALTIME,
    CONSULTATIONTIME: state.CONSULTATIONTIME,
    VISITLENGTH: state.VISITLENGTH,
    ROOMID: slot.locationId,
    BOOKEDBY: desk,
    COMMENT: random.chance(0.08) ? random.pick(comments) : null,
    CREATED: dateTime(created, random.between(28_800, 61_200)),
    CREATEDBY: random.chance(0.2) ? -desk : desk,
    UPDATED:
      when === 'future' && !random.chance(0.2)
        ? null
        : dateTime(created === today ? today : addDays(created, 1), 32_400),
    UPDATEDBY: desk,
    VIDEOURL: type === 29 && kind === 'visit' ? `https://video.example.com/${practice.bpSiteId}/${id}` : null,
  };
}

/** The order in which a day fills: at random, but that the big practice's first doctor is full on the next weekday. */
function fillingOrder(slots: readonly DaySlot[], fullFirst: boolean, random: Random): DaySlot[] {
  const shuffled = random.shuffled(slots);
  if (!fullFirst) return shuffled;
  const first = (slot: DaySlot): number => (slot.member.clinician === 0 ? 0 : 1);
  return shuffled.sort((a, b) => first(a) - first(b));
}

function nextWeekday(today: string): string {
  let date = addDays(today, 1);
  while (dayOfWeek(date) === 1 || dayOfWeek(date) === 7) date = addDays(date, 1);
  return date;
}

function drawDay(setting: BookSetting, book: Book, date: string, fullFirst: boolean): void {
  const { practice, staff, rosters, patients, today, random } = setting;
  const slots = daySlots(rosters, staff, date);
  if (slots.length === 0) return;
  const saturday = dayOfWeek(date) === 7;
  const wanted = saturday ? 8 : practice.appointmentsPerDay;
  const taken = new Set<string>();
  const at = (slot: DaySlot, time = slot.time): string => `${slot.member.userId} ${time}`;
  const open = new Set(slots.map((slot) => at(slot)));
  const add = (slot: DaySlot, double: boolean, kind: Drawn['kind']): void => {
    const patient = kind === 'blocked' ? 0 : random.pick(patients).INTERNALID;
    const drawn = { id: book.appointments.length + 1, date, slot, double, kind, patient };
    const row = appointmentRow(setting, drawn);
    book.appointments.push(row);
    if (kind === 'cancelled') {
      const known = row.UPDATED ?? row.CREATED;
      book.cancelled.push({
        APPOINTMENTID: drawn.id,
        CANCELLEDBY: row.BOOKEDBY,
        CANCELLEDDATE: dateTime(known.slice(0, 10) > today ? today : known.slice(0, 10)),
        CANCELLEDTIME: 36_000,
        REASON: random.chance(0.5) ? 'Patient rang' : null,
      });
    }
  };
  let visits = 0;
  let others = 0;
  for (const slot of fillingOrder(slots, fullFirst, random)) {
    if (taken.has(at(slot))) continue;
    if (visits < wanted) {
      const following = at(slot, slot.time + slot.length);
      const double = !fullFirst && open.has(following) && !taken.has(following) && random.chance(0.15);
      taken.add(at(slot));
      if (double) taken.add(following);
      add(slot, double, 'visit');
      visits += 1;
      if (random.chance(0.05)) add(slot, false, 'cancelled');
    } else if (others < 2) {
      others += 1;
      taken.add(at(slot));
      add(slot, false, 'blocked');
    } else break;
  }
}

/** APPOINTMENTS and CANCELLEDAPPOINTMENTS: the same number of visits every weekday, a few on Saturdays. */
export function seedAppointments(setting: BookSetting): string[] {
  const { practice, today } = setting;
  const book: Book = { appointments: [], cancelled: [] };
  const busy = nextWeekday(today);
  for (let day = -practice.daysBack; day <= practice.daysAhead; day += 1) {
    const date = addDays(today, day);
    drawDay(setting, book, date, date === busy && practice.appointmentsPerDay >= 100);
  }
  return [
    ...insertRows('APPOINTMENTS', book.appointments),
    ...insertRows('CANCELLEDAPPOINTMENTS', book.cancelled),
  ];
}
