import { costText } from '../../price/cost-text.ts';
import * as prices from '../../price/write-prices.ts';
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
  description: 'A home address. It replaces the whole recorded address: omitted lines are cleared.',
  fields: (t) => ({
    line1: t.string({ description: 'First line: number and street, at most 40 characters.' }),
    line2: t.string({ description: 'Second line, at most 40 characters.' }),
    suburb: t.string({ description: 'Suburb or town, at most 40 characters.' }),
    postcode: t.string({ description: 'Australian postcode, four digits.' }),
  }),
});

const PostalAddressInput = builder.inputType('PostalAddressInput', {
  description: 'A postal address. It replaces the whole recorded address: omitted lines are cleared.',
  fields: (t) => ({
    line1: t.string({ description: 'The address line, such as `PO Box 1`, at most 40 characters.' }),
    suburb: t.string({ description: 'Suburb or town, at most 40 characters.' }),
    postcode: t.string({ description: 'Australian postcode, four digits.' }),
  }),
});

const MedicareCardInput = builder.inputType('MedicareCardInput', {
  description: 'A Medicare card. It replaces the whole recorded card: omitted fields are cleared.',
  fields: (t) => ({
    number: t.string({
      required: true,
      description:
        'The ten digits of the card; spaces are ignored. The ninth digit is a check digit, the tenth is the issue number. An eleventh digit is read as the individual reference number.',
    }),
    individualReferenceNumber: t.string({
      description:
        'The individual reference number (IRN): the digit before the name on the card, from 1 to 9.',
    }),
    expiry: t.string({ description: 'The month until which the card is valid, `MM/YYYY`.' }),
  }),
});

const DvaCardInput = builder.inputType('DvaCardInput', {
  description: "A Veterans' Affairs card. It replaces the whole recorded card.",
  fields: (t) => ({
    number: t.string({ required: true, description: 'The file number, such as `NX123456`.' }),
    type: t.field({ type: DvaCardType, required: true, description: 'Its colour.' }),
  }),
});

const texts = {
  title:
    "Title, such as `Mrs`. With SQL Passthrough it must be in the practice's list of titles; others are `InvalidInput`.",
  firstName: 'First name, at most 40 characters.',
  middleName: 'Middle name, at most 30 characters.',
  lastName: 'Last name, at most 40 characters.',
  preferredName: 'Preferred first name, at most 30 characters.',
  birthDate: `Date of birth, from ${oldestYears} years ago to today.`,
  sex: 'Sex as recorded for Medicare.',
  address: 'Home address.',
  postalAddress: 'Postal address, if it differs from the home address.',
  homePhone:
    'Home phone number: ten digits with the area code, eight digits without it, a 13, 1300 or 1800 number, or an international number with `+`, `0011` or `00`. Spaces, brackets, hyphens and a `(0)` after the country code are ignored.',
  workPhone: 'Work phone number, in the same formats as `homePhone`.',
  mobilePhone:
    'Mobile number: ten digits that begin with 04 or 05, or an international number with `+`, `0011` or `00`.',
  email: 'Email address, at most 250 characters.',
  medicare: 'Medicare card.',
  dva: "Veterans' Affairs card.",
};
const stays = 'Omitted: it stays unchanged.';
const removed = 'Omitted: it stays unchanged. Null: it is removed.';

const AddPatientInput = builder.inputType('AddPatientInput', {
  description:
    "A patient to add. If fields are invalid, `InvalidInput` lists all of them with their paths. The patient's usual user cannot be set here; the practice sets it.",
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    title: t.string({ description: texts.title }),
    firstName: t.string({
      description: `${texts.firstName} Omitted, null or empty: the patient has only one name, given in \`lastName\`.`,
    }),
    middleName: t.string({ description: texts.middleName }),
    lastName: t.string({
      required: true,
      description: `${texts.lastName} If the patient has only one name, give it here.`,
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
        'True: add the patient even if another patient has the same name and date of birth. Set it only after a person has compared the two. A patient who matches in every given detail is still `InvalidInput`.',
    }),
    idempotencyKey: t.string({ description: idempotencyKeyText('patient') }),
  }),
});

const UpdatePatientInput = builder.inputType('UpdatePatientInput', {
  description:
    'Changes to a patient. Give at least one detail. Omitted fields stay unchanged. If fields are invalid, `InvalidInput` lists all of them with their paths.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    patientId: t.id({ required: true, description: 'The patient: the PMS id or the global id.' }),
    title: t.string({ description: `${texts.title} ${removed}` }),
    firstName: t.string({ description: `${texts.firstName} ${stays}` }),
    middleName: t.string({ description: `${texts.middleName} ${removed}` }),
    lastName: t.string({ description: `${texts.lastName} ${stays}` }),
    preferredName: t.string({ description: `${texts.preferredName} ${removed}` }),
    birthDate: t.field({ type: 'Date', description: `${texts.birthDate} ${stays}` }),
    sex: t.field({
      type: Sex,
      description: `${texts.sex} Omitted: it stays unchanged. Null: it is set to \`UNKNOWN\`.`,
    }),
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
    description: `Adds a patient. The patient is never sent twice: if no response arrives, this API checks whether the patient exists. If that cannot be determined, the result is \`OutcomeUnknown\`: retry with its idempotency key. ${costText(prices.addPatient)} One if the patient exists already. A repeated idempotency key with an unknown outcome costs one more.`,
    args: { input: t.arg({ type: AddPatientInput, required: true, description: 'The patient to add.' }) },
    price: prices.addPatient,
    resolve: addPatient,
  }),
  updatePatient: t.field({
    type: UpdatePatientResult,
    authScopes: { scopes: ['patients:write', 'patients:read'] },
    nullable: false,
    description: `Changes details of a patient. Retrying is safe. ${costText(prices.updatePatient)} One if nothing differs.`,
    args: { input: t.arg({ type: UpdatePatientInput, required: true, description: 'The changes.' }) },
    price: prices.updatePatient,
    resolve: updatePatient,
  }),
}));
