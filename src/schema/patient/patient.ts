import type * as domain from '../../datasources/domain/index.ts';
import { appointmentsOfPatient } from '../../resolvers/appointment/appointments.ts';
import { localPart, placeOf } from '../../resolvers/global-id.ts';
import { listLimits, pageLimits } from '../../resolvers/limits.ts';
import { linkedUser } from '../../resolvers/links.ts';
import { fullNameOf } from '../../resolvers/patient/patients.ts';
import { AppointmentStatus } from '../appointment/appointment.ts';
import { dateRange, argumentTexts as texts } from '../builder/args.ts';
import { bothShapes } from '../builder/both-shapes.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { AddressRef, PatientRef, PracticeRef, UserRef } from '../refs.ts';
import { AppointmentsResult } from '../results.ts';

const PatientStatus = enumOf<domain.PatientStatus>(
  'PatientStatus',
  'Whether the practice still sees a patient.',
  {
    ACTIVE: 'Comes to the practice.',
    INACTIVE: 'Marked as no longer coming.',
    DECEASED: 'Recorded as deceased.',
  },
);

export const Sex = enumOf<domain.Sex>('Sex', 'Sex, as the practice has recorded it.', {
  MALE: 'Male.',
  FEMALE: 'Female.',
  OTHER: 'Neither, or both.',
  UNKNOWN: 'Recorded as not known or not stated.',
});

const MedicareCard = builder.objectRef<domain.MedicareCard>('MedicareCard').implement({
  description: 'A Medicare card and the place of the patient on it.',
  fields: (t) => ({
    number: t.exposeString('number', { nullable: false, description: 'The ten digits of the card.' }),
    individualReferenceNumber: t.exposeString('individualReferenceNumber', {
      description: 'The digit in front of the name on the card (IRN); null when it is not recorded.',
    }),
    expiry: t.exposeString('expiry', {
      description: 'Valid to the end of this month, `MM/YYYY`; null when it is not recorded.',
    }),
  }),
});

const DvaCard = builder.objectRef<domain.DvaCard>('DvaCard').implement({
  description: "A card of the Department of Veterans' Affairs.",
  fields: (t) => ({
    number: t.exposeString('number', { nullable: false, description: 'The file number.' }),
    type: t.exposeString('type', {
      description: 'The colour of the card, such as Gold, White or Orange; null when it is not recorded.',
    }),
  }),
});

export const PatientSearch = builder.inputType('PatientSearch', {
  description:
    'What to look for: at least one criterion, and all that are given must match. Blank ones count as not given.',
  fields: (t) => ({
    name: t.string({
      description:
        'Words that each begin some word of some name of the patient: first, middle, preferred or last. Order, case, accents, apostrophes and punctuation do not matter. Where more than 500 last names begin so, those patients come before the others.',
    }),
    birthDate: t.field({ type: 'Date', description: `Date of birth, \`YYYY-MM-DD\`. ${dateRange}` }),
    phone: t.string({
      description:
        'Home, work or mobile number, at least 6 digits; blanks, +61, 0011 and `(0)` are understood.',
    }),
    email: t.string({ description: 'The whole e-mail address; case does not matter.' }),
    medicareNumber: t.string({
      description: 'The ten digits of the Medicare card; an eleventh, the reference number, is ignored.',
    }),
    pmsIds: t.idList({
      maxItems: listLimits.searchedIds,
      description: 'PMS ids or global ids of patients. Unknown ones find nothing.',
    }),
  }),
});

builder.node(PatientRef, {
  id: { resolve: ({ practice, data }) => localPart(placeOf(practice), data.pmsId) },
  description:
    'A patient of the practice, as the practice has recorded it. Nothing here belongs in logs, URLs or analytics.',
  fields: (t) => ({
    pmsId: t.id({ nullable: false, description: 'Its id in the PMS.', resolve: ({ data }) => data.pmsId }),
    status: t.field({
      type: PatientStatus,
      description: 'Whether the practice still sees the patient; null when it is not recorded.',
      resolve: ({ data }) => data.status,
    }),
    title: t.string({
      description: 'Title, such as Mr or Dr; null when empty.',
      resolve: ({ data }) => data.title,
    }),
    firstName: t.string({
      description: 'First name; null when empty.',
      resolve: ({ data }) => data.firstName,
    }),
    middleName: t.string({
      description: 'Middle name; null when empty.',
      resolve: ({ data }) => data.middleName,
    }),
    lastName: t.string({ description: 'Last name; null when empty.', resolve: ({ data }) => data.lastName }),
    preferredName: t.string({
      description: 'What the patient wants to be called instead of the first name; null when empty.',
      resolve: ({ data }) => data.preferredName,
    }),
    fullName: t.string({
      nullable: false,
      description: 'First and last name as far as recorded; "Name not recorded" without any.',
      resolve: ({ data }) => fullNameOf(data),
    }),
    birthDate: t.field({
      type: 'Date',
      description: 'Date of birth; null when it is not recorded.',
      resolve: ({ data }) => data.birthDate,
    }),
    sex: t.field({
      type: Sex,
      description: 'Sex; null when it is not recorded.',
      resolve: ({ data }) => data.sex,
    }),
    address: t.field({
      type: AddressRef,
      description: 'Where the patient lives; null when nothing is recorded.',
      resolve: ({ data }) => data.address,
    }),
    postalAddress: t.field({
      type: AddressRef,
      description: 'Where post goes; null when nothing is recorded, which usually means the same.',
      resolve: ({ data }) => data.postalAddress,
    }),
    homePhone: t.string({
      description: 'Home number as written down; null when empty.',
      resolve: ({ data }) => data.homePhone,
    }),
    workPhone: t.string({
      description: 'Work number as written down; null when empty.',
      resolve: ({ data }) => data.workPhone,
    }),
    mobilePhone: t.string({
      description: 'Mobile number as written down; null when empty.',
      resolve: ({ data }) => data.mobilePhone,
    }),
    email: t.string({ description: 'E-mail address; null when empty.', resolve: ({ data }) => data.email }),
    medicare: t.field({
      type: MedicareCard,
      description: 'Medicare card; null when none is recorded.',
      resolve: ({ data }) => data.medicare,
    }),
    dva: t.field({
      type: DvaCard,
      description: "Veterans' Affairs card; null when none is recorded.",
      resolve: ({ data }) => data.dva,
    }),
    ihi: t.string({
      description: 'Individual Healthcare Identifier, 16 digits; null when none is recorded.',
      resolve: ({ data }) => data.ihi,
    }),
    usualUserId: t.id({
      description:
        'The PMS id of whom the patient usually sees, also when the user is not recorded any more; null when nobody is recorded.',
      resolve: ({ data }) => data.usualUserId,
    }),
    usualUser: t.field({
      type: UserRef,
      authScopes: { scopes: ['users:read'] },
      description:
        'Whom the patient usually sees. Null when nobody is recorded, or with an entry in `errors` when the user could not be read.',
      resolve: ({ practice, data }, _args, _context, info) => linkedUser(practice, data.usualUserId, info),
    }),
    ...bothShapes(t, PatientRef, 'appointments', {
      type: AppointmentsResult,
      authScopes: { scopes: ['appointments:read'] },
      description: "The patient's appointments; without dates all of them, past and to come.",
      args: {
        from: t.arg({ type: 'Date', description: `${texts.from} Left out: from the first appointment on.` }),
        to: t.arg({
          type: 'Date',
          description: `Last date, inclusive. Left out: to the last appointment. With \`from\` at most 366 days in all. ${dateRange}`,
        }),
        status: t.arg({
          type: [AppointmentStatus],
          maxItems: listLimits.statuses,
          description: texts.status,
        }),
        first: t.arg.int({
          description: texts.first(pageLimits.appointments.byDefault, pageLimits.appointments.most),
        }),
        after: t.arg.string({ description: texts.after }),
      },
      resolve: appointmentsOfPatient,
    }),
    practice: t.field({
      type: PracticeRef,
      nullable: false,
      description:
        'The practice whose patient it is. The same person at another practice is another patient.',
      resolve: ({ practice }) => ({ kind: 'Practice' as const, practice }),
    }),
  }),
});
