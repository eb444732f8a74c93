import type { PracticeSpec } from '../practices.ts';
import { addDays, dateTime } from './dates.ts';
import { insertRows } from './insert.ts';
import { individualHealthcareIdentifier, medicareNumber } from './medicare.ts';
import { firstNames, surnames } from './names.ts';
import { landline, mobile } from './phones.ts';
import type { Random } from './random.ts';
import type { StaffMember } from './staff.ts';

/** The first patients of every practice have the names that break things. */
const awkward: readonly (readonly [first: string | null, surname: string])[] = [
  ['Testina', "O'Sampleton"],
  ['Zoë', 'Müsterlind-Ökermock'],
  ['', 'Mononymous'],
  ['Percy [50%]', 'Under_score'],
  ["Robert'); DELETE FROM STUDENTS;--", 'Tablesworth'],
  [null, 'Firstnameless'],
];

/** Patients with names of several words, and with typographic apostrophes. Their other values are random. */
const wordy: readonly (readonly [first: string, surname: string])[] = [
  ['Mary Ann', 'Van der Bergsample'],
  ['Seántest', 'O’Dupleymock'],
  ['Bjørnfix', 'Straußsample Kjærmock'],
  ['Placebo-Jane', "D'Arcytest"],
];

function email(first: string | null, surname: string, id: number): string {
  const plain = `${first ?? ''}.${surname}`.normalize('NFD').replace(/[^a-zA-Z.]/g, '');
  return `${plain.replace(/^\./, '')}.${id}@example.com`.toLowerCase();
}

export interface PatientRow {
  readonly INTERNALID: number;
  readonly RECORDSTATUS: number;
  readonly PATIENTSTATUS: number;
}

interface Seeded {
  readonly statements: string[];
  readonly patients: readonly PatientRow[];
}

/** PATIENTS and EMAIL. About 1 in 60 is deceased, 1 in 25 inactive, 1 in 100 deleted; some have no phone or e-mail. */
export function seedPatients(
  practice: PracticeSpec,
  staff: readonly StaffMember[],
  today: string,
  random: Random,
): Seeded {
  const doctors = staff.filter(({ clinician, title }) => clinician >= 0 && title === 6);
  const area = practice.locations[0]?.phone.slice(1, 3) ?? '02';
  const patients = [];
  const emails: {
    RECORDID: number;
    RECORDSTATUS: number;
    INTERNALID: number;
    EMAILCODE: number;
    EMAIL: string;
    CREATED: string;
  }[] = [];
  for (let id = 1; id <= practice.patients; id += 1) {
    const drawn = awkward[id - 1] ?? [random.pick(firstNames), random.pick(surnames)];
    const [FIRSTNAME, SURNAME] = wordy[id - 1 - awkward.length] ?? drawn;
    const home = random.pick(practice.locations);
    const ordinary = id > awkward.length;
    const deceased = ordinary && random.chance(1 / 60);
    const deleted = ordinary && !deceased && random.chance(1 / 100);
    const PATIENTSTATUS = deceased ? 3 : ordinary && random.chance(1 / 25) ? 2 : 1;
    const DOB = addDays(today, -random.between(30, 34_000));
    const created = addDays(today, -random.between(100, 3000));
    const hasMedicare = random.chance(0.9);
    const dva = random.chance(0.04) ? random.pick([1, 2, 4]) : 0;
    const pension = random.chance(0.2) ? random.pick([1, 3, 4]) : 0;
    const phones = random.chance(0.95);
    const postal = random.chance(0.2);
    const CREATED = dateTime(created, random.between(30_000, 60_000));
    patients.push({
      INTERNALID: id,
      RECORDSTATUS: deleted ? 2 : 1,
      IHI: random.chance(0.6) ? individualHealthcareIdentifier(random) : null,
      PATIENTSTATUS,
      // Every fifth of them has no recorded date of death.
      DATEOFDEATH:
        deceased && !random.chance(0.2) ? dateTime(addDays(today, -random.between(10, 900))) : null,
      TITLECODE: random.pick([0, 1, 2, 3, 4, 8]),
      FIRSTNAME,
      MIDDLENAME: random.chance(0.3) ? random.pick(firstNames) : null,
      SURNAME,
      PREFERREDNAME: random.chance(0.1) ? random.pick(firstNames) : null,
      ADDRESS1: `${random.between(1, 250)} Sample Street`,
      ADDRESS2: random.chance(0.1) ? `Unit ${random.between(1, 40)}` : null,
      CITY: home.city,
      POSTCODE: home.postcode,
      POSTALADDRESS: postal ? `PO Box ${random.between(1, 999)}` : null,
      POSTALCITY: postal ? home.city : null,
      POSTALPOSTCODE: postal ? home.postcode : null,
      DOB: id === 6 ? null : dateTime(DOB),
      SEXCODE: random.pick([1, 1, 1, 2, 2, 2, 2, 3, 0]),
      HOMEPHONE: phones && random.chance(0.4) ? landline(random, area) : null,
      WORKPHONE: phones && random.chance(0.15) ? landline(random, area) : null,
      MOBILEPHONE: phones && random.chance(0.9) ? mobile(random) : null,
      MEDICARENO: hasMedicare ? medicareNumber(random) : null,
      MEDICARELINENO: hasMedicare && random.chance(0.95) ? String(random.between(1, 5)) : null,
      MEDICAREEXPIRY: hasMedicare
        ? `${String(random.between(1, 12)).padStart(2, '0')}/${Number(today.slice(0, 4)) + random.between(-1, 4)}`
        : null,
      PENSIONCODE: pension,
      PENSIONNO: pension ? `${random.between(100_000_000, 999_999_999)}X` : null,
      DVACODE: dva,
      DVANO: dva ? `NX9${String(random.between(0, 99_999)).padStart(5, '0')}` : null,
      RECORDNO: String(10_000 + id),
      USERID: doctors.length > 0 && random.chance(0.9) ? random.pick(doctors).userId : 0,
      CONSENTSMSREMINDER: 1,
      CREATED,
      CREATEDBY: 1,
      UPDATED: random.chance(0.5) ? dateTime(addDays(created, random.between(1, 90)), 36_000) : null,
      COUNTRY: random.chance(0.3) ? 'Australia' : null,
    });
    // An old, deleted address, and sometimes a second current one: a plain join on EMAIL would repeat patients.
    const addresses = random.chance(0.8) ? (random.chance(0.03) ? 2 : 1) : 0;
    if (random.chance(0.05)) {
      emails.push({
        RECORDID: emails.length + 1,
        RECORDSTATUS: 2,
        INTERNALID: id,
        EMAILCODE: 1,
        EMAIL: `old.${id}@example.com`,
        CREATED,
      });
    }
    for (let code = 1; code <= addresses; code += 1) {
      const EMAIL = code === 1 ? email(FIRSTNAME, SURNAME, id) : `second.${id}@example.com`;
      emails.push({
        RECORDID: emails.length + 1,
        RECORDSTATUS: 1,
        INTERNALID: id,
        EMAILCODE: code,
        EMAIL,
        CREATED,
      });
    }
  }
  return { statements: [...insertRows('PATIENTS', patients), ...insertRows('EMAIL', emails)], patients };
}
