import type { PracticeSpec } from '../practices.ts';
import { insertRows } from './insert.ts';

// Rests on assumption S6.

const created = '2019-07-01T09:00:00';

/** Codes with a public source first; the numbers of groups, titles above 5 and statuses above 1 are the sandbox's own. */
export function seedLookups(practice: PracticeSpec): string[] {
  // The two public sources contradict each other on 1 and 2, so practices differ. A statement without the join
  // returns wrong texts.
  const femaleFirst = Number(practice.bpSiteId.slice(-1)) % 2 === 1;
  const types: readonly (readonly [code: number, name: string, seconds: number])[] = [
    [1, 'Standard', 900],
    [2, 'Long', 1800],
    [4, 'New patient', 1800],
    [7, 'Immunisation', 900],
    [24, 'Pap smear', 1800],
    [29, 'Telehealth', 900],
    [30, 'Telephone', 900],
    [101, 'Skin check [50% longer_]', 1800],
  ];
  const codes: readonly (readonly [number, string])[] = [
    [0, 'Unavailable'],
    [1, 'Booked'],
    [2, 'Waiting'],
    [3, 'With doctor'],
    [4, 'At billing'],
    [5, 'Completed'],
    [9, 'Unavailable'],
    [10, 'DNA'],
    [11, 'Reserved'],
    [12, 'Invoiced'],
    [13, 'Paid'],
    [99, 'Unavailable'],
  ];
  const days = ['Weekdays', 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  const titles = ['', 'Mr.', 'Mrs.', 'Ms.', 'Miss', 'Mast.', 'Dr', 'Prof.', 'Mx'];
  const pensions: readonly (readonly [number, string])[] = [
    [0, 'None'],
    [1, 'Pensioner Concession Card'],
    [3, 'Health Care Card'],
    [4, 'Commonwealth Seniors Health Card'],
  ];
  const ethnicities: readonly (readonly [number, string])[] = [
    [0, ''],
    [1, 'Aboriginal'],
    [2, 'Torres Strait Islander'],
    [3, 'Aboriginal and Torres Strait Islander'],
    [999, 'Neither Aboriginal nor Torres Strait Islander'],
  ];
  return [
    ...insertRows(
      'APPOINTMENTCODES',
      codes.map(([APPOINTMENTCODE, DESCRIPTION]) => ({ APPOINTMENTCODE, DESCRIPTION })),
    ),
    ...insertRows(
      'APPOINTMENTTYPES',
      types.map(([APPOINTMENTCODE, DESCRIPTION, APPOINTMENTLENGTH], index) => ({
        APPOINTMENTCODE,
        RECORDSTATUS: 1,
        LISTORDER: index + 1,
        APPOINTMENTLENGTH,
        DESCRIPTION,
        CREATED: created,
        CREATEDBY: 1,
        AU: 1,
      })),
    ),
    ...insertRows(
      'DAYOFWEEK',
      days.map((DAY, DAYCODE) => ({ DAYCODE, DAY })),
    ),
    ...insertRows(
      'TITLES',
      titles.map((TITLE, TITLECODE) => ({ TITLECODE, TITLE })),
    ),
    ...insertRows(
      'SEX',
      ['', femaleFirst ? 'Female' : 'Male', femaleFirst ? 'Male' : 'Female', 'Other'].map((SEX, SEXCODE) => ({
        SEXCODE,
        SEX,
      })),
    ),
    ...insertRows(
      'PATIENTSTATUS',
      ['Active', 'Inactive', 'Deceased'].map((STATUSTEXT, index) => ({ STATUSCODE: index + 1, STATUSTEXT })),
    ),
    ...insertRows(
      'PENSIONTYPE',
      pensions.map(([PENSIONCODE, PENSIONTYPE]) => ({ PENSIONCODE, PENSIONTYPE })),
    ),
    ...insertRows('DVATYPE', [
      { DVACODE: 0, DVATYPE: 'None' },
      { DVACODE: 1, DVATYPE: 'Gold' },
      { DVACODE: 2, DVATYPE: 'White' },
      { DVACODE: 4, DVATYPE: 'Orange' },
    ]),
    ...insertRows(
      'ETHNICITY',
      ethnicities.map(([ETHNICCODE, ETHNICTYPE]) => ({ ETHNICCODE, ETHNICTYPE })),
    ),
    ...insertRows(
      'USERGROUPS',
      userGroups.map((GROUPNAME, index) => ({ GROUPCODE: index + 1, GROUPNAME, AU: 1, NZ: 0 })),
    ),
  ];
}

/** User categories by the names of the vendor's help; position + 1 is the sandbox's GROUPCODE. */
export const userGroups = [
  'Principal Doctor',
  'Employee Doctor',
  'Contract Doctor',
  'Registrar',
  'Practice Nurse',
  'Physiotherapist',
  'Psychologist',
  'Receptionist',
  'Senior Receptionist',
  'Practice Manager',
] as const;
