import type * as domain from '../../datasources/domain/index.ts';
import * as prices from '../../price/read-prices.ts';
import { appointmentsOfPatient } from '../../resolvers/appointment/appointments.ts';
import { localPart, placeOf } from '../../resolvers/global-id.ts';
import { listLimits } from '../../resolvers/limits.ts';
import { linkedUser } from '../../resolvers/links.ts';
import { fullNameOf } from '../../resolvers/patient/patients.ts';
import { appointmentPageArgs } from '../appointment/page-args.ts';
import { dateRange, argumentTexts as texts } from '../builder/args.ts';
import { bothShapes } from '../builder/both-shapes.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { AddressRef, PatientRef, PracticeRef, UserRef } from '../refs.ts';
import { AppointmentsResult } from '../results.ts';

const PatientStatus = enumOf<domain.PatientStatus>(
  'PatientStatus',
  'Whether the patient still comes to the practice.',
  {
    ACTIVE: 'The patient comes to the practice.',
    INACTIVE: 'The practice has marked the patient as inactive.',
    DECEASED: 'The patient is recorded as deceased.',
  },
);

export const Sex = enumOf<domain.Sex>('Sex', 'Sex, as the practice recorded it.', {
  MALE: 'Male.',
  FEMALE: 'Female.',
  OTHER: 'Other.',
  UNKNOWN: 'Recorded as unknown or not stated.',
});

const MedicareCard = builder.objectRef<domain.MedicareCard>('MedicareCard').implement({
  description: "A Medicare card and the patient's number on it.",
  fields: (t) => ({
    number: t.exposeString('number', { nullable: false, description: 'The ten digits of the card.' }),
    individualReferenceNumber: t.exposeString('individualReferenceNumber', {
      description:
        "The individual reference number (IRN): the digit before the patient's name on the card. Null if it is not recorded.",
    }),
    expiry: t.exposeString('expiry', {
      description: 'The card is valid until the end of this month, `MM/YYYY`; null if it is not recorded.',
    }),
  }),
});

const DvaCard = builder.objectRef<domain.DvaCard>('DvaCard').implement({
  description: "A card of the Department of Veterans' Affairs.",
  fields: (t) => ({
    number: t.exposeString('number', { nullable: false, description: 'The file number.' }),
    type: t.exposeString('type', {
      description: 'The colour of the card, such as Gold, White or Orange; null if it is not recorded.',
    }),
  }),
});

export const PatientSearch = builder.inputType('PatientSearch', {
  description:
    'Search criteria. Give at least one. A patient must match all of them. Blank criteria are ignored.',
  fields: (t) => ({
    name: t.string({
      description:
        "One or more words. Each must be the beginning of a word in the patient's first, middle, preferred or last name. Order, case, accents, apostrophes and punctuation are ignored. If more than 500 patients have a matching last name, they are listed before the others.",
    }),
    birthDate: t.field({ type: 'Date', description: `Date of birth, \`YYYY-MM-DD\`. ${dateRange}` }),
    phone: t.string({
      description:
        'Home, work or mobile number, at least 6 digits. Spaces, +61, 0011 and `(0)` are accepted.',
    }),
    email: t.string({ description: 'The complete email address. Case is ignored.' }),
    medicareNumber: t.string({
      description:
        'The ten digits of the Medicare card. An eleventh digit (the reference number) is ignored.',
    }),
    pmsIds: t.idList({
      maxItems: listLimits.searchedIds,
      description: 'PMS ids or global ids of patients. Unknown ids match nothing.',
    }),
  }),
});

builder.node(PatientRef, {
  id: { resolve: ({ practice, data }) => localPart(placeOf(practice), data.pmsId) },
  description:
    'A patient of the practice, as the practice recorded it. Never put any of this in logs, URLs or analytics.',
  fields: (t) => ({
    pmsId: t.id({ nullable: false, description: 'Its id in the PMS.', resolve: ({ data }) => data.pmsId }),
    status: t.field({
      type: PatientStatus,
      description: 'Whether the patient still comes to the practice; null if it is not recorded.',
      resolve: ({ data }) => data.status,
    }),
    title: t.string({
      description: 'Title, such as Mr or Dr; null if empty.',
      resolve: ({ data }) => data.title,
    }),
    firstName: t.string({
      description: 'First name; null if empty.',
      resolve: ({ data }) => data.firstName,
    }),
    middleName: t.string({
      description: 'Middle name; null if empty.',
      resolve: ({ data }) => data.middleName,
    }),
    lastName: t.string({ description: 'Last name; null if empty.', resolve: ({ data }) => data.lastName }),
    preferredName: t.string({
      description: 'The name that the patient prefers to the first name; null if empty.',
      resolve: ({ data }) => data.preferredName,
    }),
    fullName: t.string({
      nullable: false,
      description: 'First and last name, as far as recorded; "Name not recorded" if there is neither.',
      resolve: ({ data }) => fullNameOf(data),
    }),
    birthDate: t.field({
      type: 'Date',
      description: 'Date of birth; null if it is not recorded.',
      resolve: ({ data }) => data.birthDate,
    }),
    sex: t.field({
      type: Sex,
      description: 'Sex; null if it is not recorded.',
      resolve: ({ data }) => data.sex,
    }),
    address: t.field({
      type: AddressRef,
      description: 'Home address; null if none is recorded.',
      resolve: ({ data }) => data.address,
    }),
    postalAddress: t.field({
      type: AddressRef,
      description:
        'Postal address; null if none is recorded, which usually means that it is the home address.',
      resolve: ({ data }) => data.postalAddress,
    }),
    homePhone: t.string({
      description: 'Home phone number as recorded; null if empty.',
      resolve: ({ data }) => data.homePhone,
    }),
    workPhone: t.string({
      description: 'Work phone number as recorded; null if empty.',
      resolve: ({ data }) => data.workPhone,
    }),
    mobilePhone: t.string({
      description: 'Mobile number as recorded; null if empty.',
      resolve: ({ data }) => data.mobilePhone,
    }),
    email: t.string({ description: 'Email address; null if empty.', resolve: ({ data }) => data.email }),
    medicare: t.field({
      type: MedicareCard,
      description: 'Medicare card; null if none is recorded.',
      resolve: ({ data }) => data.medicare,
    }),
    dva: t.field({
      type: DvaCard,
      description: "Veterans' Affairs card; null if none is recorded.",
      resolve: ({ data }) => data.dva,
    }),
    ihi: t.string({
      description: 'Individual Healthcare Identifier, 16 digits; null if none is recorded.',
      resolve: ({ data }) => data.ihi,
    }),
    usualUserId: t.id({
      description:
        "The PMS id of the patient's usual user. It is set even if the user's record no longer exists. Null if none is recorded.",
      resolve: ({ data }) => data.usualUserId,
    }),
    usualUser: t.field({
      type: UserRef,
      authScopes: { scopes: ['users:read'] },
      description:
        "The patient's usual user. Null if none is recorded. Also null, with an entry in `errors`, if the user could not be read.",
      price: prices.linkedUser,
      resolve: ({ practice, data }, _args, _context, info) => linkedUser(practice, data.usualUserId, info),
    }),
    ...bothShapes(t, PatientRef, 'appointments', {
      type: AppointmentsResult,
      authScopes: { scopes: ['appointments:read'] },
      description: "The patient's appointments. Without dates: all past and future ones.",
      args: {
        from: t.arg({
          type: 'Date',
          description: `${texts.from} If omitted, from the patient's first appointment.`,
        }),
        to: t.arg({
          type: 'Date',
          description: `Last date, inclusive. If omitted, to the patient's last appointment. At most 366 days if both dates are given. ${dateRange}`,
        }),
        ...appointmentPageArgs,
      },
      price: prices.appointmentsOfPatient,
      resolve: appointmentsOfPatient,
    }),
    practice: t.field({
      type: PracticeRef,
      nullable: false,
      description:
        'The practice that the record belongs to. The same person has a separate record at each practice.',
      price: prices.itsPractice,
      resolve: ({ practice }) => ({ kind: 'Practice' as const, practice }),
    }),
  }),
});
