import { oldestYears } from '../../resolvers/limits.ts';
import { addPatient } from '../../resolvers/patient/add-patient.ts';
import type { DvaCardColour } from '../../resolvers/patient/patient-details.ts';
import { updatePatient } from '../../resolvers/patient/update-patient.ts';
import { bpSiteIdText, idempotencyKeyText } from '../builder/args.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { AddPatientResult, UpdatePatientResult } from '../write-results.ts';
import { Sex } from './patient.ts';

const DvaCardType = enumOf<DvaCardColour>('DvaCardType', "The colour of a Veterans' Affairs card.", {
  GOLD: 'Gold card.',
  WHITE: 'White card.',
  ORANGE: 'Orange card.',
});

const AddressInput = builder.inputType('AddressInput', {
  description: 'Where somebody lives. Given as a whole: what is left out is empty afterwards.',
  fields: (t) => ({
    line1: t.string({ description: 'First line, at most 40 characters.' }),
    line2: t.string({ description: 'Second line, at most 40 characters.' }),
    suburb: t.string({ description: 'Suburb or town, at most 40 characters.' }),
    postcode: t.string({ description: 'Australian postcode, four digits.' }),
  }),
});

const PostalAddressInput = builder.inputType('PostalAddressInput', {
  description: 'Where letters go. Given as a whole: what is left out is empty afterwards.',
  fields: (t) => ({
    line1: t.string({ description: 'The line, such as `PO Box 1`, at most 40 characters.' }),
    suburb: t.string({ description: 'Suburb or town, at most 40 characters.' }),
    postcode: t.string({ description: 'Australian postcode, four digits.' }),
  }),
});

const MedicareCardInput = builder.inputType('MedicareCardInput', {
  description: 'A Medicare card. Given as a whole: what is left out is empty afterwards.',
  fields: (t) => ({
    number: t.string({
      required: true,
      description:
        'The ten digits, blanks do not matter; the ninth checks the first eight, the tenth is the issue number, from 1. An eleventh is the reference number.',
    }),
    individualReferenceNumber: t.string({
      description: 'The digit before the name on the card, from 1 to 9.',
    }),
    expiry: t.string({ description: 'Valid to, `MM/YYYY`.' }),
  }),
});

const DvaCardInput = builder.inputType('DvaCardInput', {
  description: "A Veterans' Affairs card. Given as a whole.",
  fields: (t) => ({
    number: t.string({ required: true, description: 'The file number, such as `NX123456`.' }),
    type: t.field({ type: DvaCardType, required: true, description: 'Its colour.' }),
  }),
});

const texts = {
  title:
    "Title, such as `Mrs`. By SQL Passthrough it has to be one of the practice's own list; others are `InvalidInput`.",
  firstName: 'First name, at most 40 characters.',
  middleName: 'Middle name, at most 30 characters.',
  lastName: 'Last name, at most 40 characters.',
  preferredName: 'What the person likes to be called, at most 30 characters.',
  birthDate: `Birth date: from ${oldestYears} years ago to today.`,
  sex: 'Sex as recorded for Medicare.',
  address: 'Where the person lives.',
  postalAddress: 'Where letters go, if elsewhere.',
  homePhone:
    'Home number: ten digits with the area code, eight digits without it, a number of a business (13, 1300, 1800), or one of another country with `+`, `0011` or `00`. Blanks, brackets and hyphens do not matter, nor does `(0)` after a country code.',
  workPhone: 'Work number, written like `homePhone`.',
  mobilePhone:
    'Mobile number: ten digits that begin with 04 or 05, or one of another country with `+`, `0011` or `00`.',
  email: 'E-mail address, at most 250 characters.',
  medicare: 'Medicare card.',
  dva: "Veterans' Affairs card.",
};
const stays = 'Left out: it stays.';
const removed = 'Left out: it stays; null: it is removed.';

const AddPatientInput = builder.inputType('AddPatientInput', {
  description:
    'A patient to add. Everything that is wrong is told at once, each with its path. Whom they usually see is chosen at the practice.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    title: t.string({ description: texts.title }),
    firstName: t.string({
      description: `${texts.firstName} Left out, null or empty: the person has one name only, which is \`lastName\`.`,
    }),
    middleName: t.string({ description: texts.middleName }),
    lastName: t.string({
      required: true,
      description: `${texts.lastName} Of a person with one name only, that name.`,
    }),
    preferredName: t.string({ description: texts.preferredName }),
    birthDate: t.field({ type: 'Date', required: true, description: texts.birthDate }),
    sex: t.field({ type: Sex, required: true, defaultValue: 'UNKNOWN', description: texts.sex }),
    address: t.field({ type: AddressInput, description: texts.address }),
    postalAddress: t.field({ type: PostalAddressInput, description: texts.postalAddress }),
    homePhone: t.string({ description: texts.homePhone }),
    workPhone: t.string({ description: texts.workPhone }),
    mobilePhone: t.string({ description: texts.mobilePhone }),
    email: t.string({ description: texts.email }),
    medicare: t.field({ type: MedicareCardInput, description: texts.medicare }),
    dva: t.field({ type: DvaCardInput, description: texts.dva }),
    allowNamesake: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'Add the patient although there is one of the same name and birth date: set it only after a person has looked. Somebody who agrees in every detail that is given is refused all the same.',
    }),
    idempotencyKey: t.string({ description: idempotencyKeyText('patient that the person adds', 'adds') }),
  }),
});

const UpdatePatientInput = builder.inputType('UpdatePatientInput', {
  description:
    'What is to change of a patient, at least one detail. What is left out stays. Everything that is wrong is told at once, each with its path.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    patientId: t.id({ required: true, description: 'The patient: the PMS id, or the global id.' }),
    title: t.string({ description: `${texts.title} ${removed}` }),
    firstName: t.string({ description: `${texts.firstName} ${stays}` }),
    middleName: t.string({ description: `${texts.middleName} ${removed}` }),
    lastName: t.string({ description: `${texts.lastName} ${stays}` }),
    preferredName: t.string({ description: `${texts.preferredName} ${removed}` }),
    birthDate: t.field({ type: 'Date', description: `${texts.birthDate} ${stays}` }),
    sex: t.field({ type: Sex, description: `${texts.sex} Left out: it stays; null: \`UNKNOWN\`.` }),
    address: t.field({ type: AddressInput, description: `${texts.address} ${removed}` }),
    postalAddress: t.field({ type: PostalAddressInput, description: `${texts.postalAddress} ${removed}` }),
    homePhone: t.string({ description: `${texts.homePhone} ${removed}` }),
    workPhone: t.string({ description: `${texts.workPhone} ${removed}` }),
    mobilePhone: t.string({ description: `${texts.mobilePhone} ${removed}` }),
    email: t.string({ description: `${texts.email} ${removed}` }),
    medicare: t.field({ type: MedicareCardInput, description: `${texts.medicare} ${removed}` }),
    dva: t.field({ type: DvaCardInput, description: `${texts.dva} ${removed}` }),
  }),
});

builder.mutationFields((t) => ({
  addPatient: t.field({
    type: AddPatientResult,
    authScopes: { scopes: ['patients:write', 'patients:read'] },
    nullable: false,
    description:
      'Adds a patient. Three charged calls: a look for the same name and birth date, the patient, and the patient read back. It is never sent twice: when no answer comes, the practice is asked whether they are there, and `OutcomeUnknown` has the key to ask again with.',
    args: { input: t.arg({ type: AddPatientInput, required: true, description: 'Whom to add.' }) },
    resolve: addPatient,
  }),
  updatePatient: t.field({
    type: UpdatePatientResult,
    authScopes: { scopes: ['patients:write', 'patients:read'] },
    nullable: false,
    description:
      'Changes details of a patient. Three charged calls by SQL Passthrough and four by the Bp Premier API: the patient, the change, and the patient read back; two where it is so already. Asking again is safe.',
    args: { input: t.arg({ type: UpdatePatientInput, required: true, description: 'What is to change.' }) },
    resolve: updatePatient,
  }),
}));
