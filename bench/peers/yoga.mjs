/**
 * GraphQL Yoga with a Pothos schema over FHIR, as a team writes it that knows both: DataLoaders per request for the links of a list, and
 * nothing else of its own. Yoga's parser and validation cache is on, as installed.
 */
import { createServer } from 'node:http';
import SchemaBuilder from '@pothos/core';
import DataLoader from 'dataloader';
import { createYoga } from 'graphql-yoga';
import * as fhir from './fhir.mjs';
import { fhirPath, send } from './halo.mjs';

const form = 'application/x-www-form-urlencoded';
const search = async (site, type, parameters) =>
  send('POST', `${await fhirPath(site)}/${type}/_search`, parameters, form);

function loader(site, type, searchOf, read) {
  return new DataLoader(async (ids) => {
    const bundle = await search(site, type, searchOf(ids));
    const found = new Map(fhir.resourcesIn(bundle).map((resource) => [resource.id, read(resource)]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

function loadersOfRequest() {
  const sites = new Map();
  return (site) => {
    let loaders = sites.get(site);
    if (!loaders) {
      loaders = {
        patients: loader(site, 'Patient', fhir.patientsById, fhir.patientOf),
        users: loader(site, 'Practitioner', fhir.practitionersById, fhir.userOf),
      };
      sites.set(site, loaders);
    }
    return loaders;
  };
}

const builder = new SchemaBuilder({});
const patient = builder.objectRef('Patient').implement({
  fields: (t) => ({
    pmsId: t.exposeID('pmsId'),
    fullName: t.exposeString('fullName'),
    birthDate: t.exposeString('birthDate', { nullable: true }),
    mobilePhone: t.exposeString('mobilePhone', { nullable: true }),
  }),
});
const user = builder.objectRef('User').implement({
  fields: (t) => ({ pmsId: t.exposeID('pmsId'), displayName: t.exposeString('displayName') }),
});
const appointmentType = builder.objectRef('AppointmentType').implement({
  fields: (t) => ({ name: t.exposeString('name') }),
});
const appointment = builder.objectRef('Appointment').implement({
  fields: (t) => ({
    pmsId: t.exposeID('pmsId'),
    start: t.exposeString('start'),
    end: t.exposeString('end'),
    durationMinutes: t.exposeInt('durationMinutes'),
    status: t.exposeString('status'),
    reason: t.exposeString('reason', { nullable: true }),
    type: t.expose('type', { type: appointmentType, nullable: true }),
    patient: t.field({
      type: patient,
      nullable: true,
      resolve: ({ site, patientId }, _, { at }) => patientId && at(site).patients.load(patientId),
    }),
    user: t.field({
      type: user,
      nullable: true,
      resolve: ({ site, userId }, _, { at }) => userId && at(site).users.load(userId),
    }),
  }),
});
const practice = builder.objectRef('Practice').implement({
  fields: (t) => ({
    bpSiteId: t.exposeID('id'),
    appointments: t.field({
      type: [appointment],
      args: { from: t.arg.string({ required: true }), to: t.arg.string({ required: true }) },
      async resolve({ id }, { from, to }) {
        const bundle = await search(id, 'Appointment', fhir.appointmentSearch(from, to));
        return fhir.resourcesIn(bundle).map((resource) => fhir.appointmentOf(id, resource));
      },
    }),
    patients: t.field({
      type: [patient],
      args: { name: t.arg.string({ required: true }) },
      resolve: async ({ id }, { name }) =>
        fhir.resourcesIn(await search(id, 'Patient', fhir.patientsByName(name))).map(fhir.patientOf),
    }),
  }),
});
const payload = builder.objectRef('AppointmentPayload').implement({
  fields: (t) => ({ appointment: t.expose('appointment', { type: appointment }) }),
});
const newAppointment = builder.inputType('BookAppointmentInput', {
  fields: (t) => ({
    ...Object.fromEntries(
      ['bpSiteId', 'userId', 'patientId', 'typeId', 'locationId'].map((id) => [id, t.id({ required: true })]),
    ),
    start: t.string({ required: true }),
    durationMinutes: t.int({ required: true }),
  }),
});
const cancelled = builder.inputType('CancelAppointmentInput', {
  fields: (t) => ({ bpSiteId: t.id({ required: true }), appointmentId: t.id({ required: true }) }),
});
builder.queryType({
  fields: (t) => ({
    practice: t.field({
      type: practice,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_, { id }) => ({ id }),
    }),
    practices: t.field({
      type: [practice],
      args: { ids: t.arg.idList({ required: true }) },
      resolve: (_, { ids }) => ids.map((id) => ({ id })),
    }),
  }),
});
builder.mutationType({
  fields: (t) => ({
    bookAppointment: t.field({
      type: payload,
      args: { input: t.arg({ type: newAppointment, required: true }) },
      async resolve(_, { input }) {
        const path = `${await fhirPath(input.bpSiteId)}/Appointment`;
        const body = JSON.stringify(fhir.newAppointment(input));
        const resource = await send('POST', path, body, 'application/fhir+json');
        return { appointment: fhir.appointmentOf(input.bpSiteId, resource) };
      },
    }),
    cancelAppointment: t.field({
      type: payload,
      args: { input: t.arg({ type: cancelled, required: true }) },
      async resolve(_, { input }) {
        const path = `${await fhirPath(input.bpSiteId)}/Appointment/${input.appointmentId}`;
        const body = JSON.stringify({ ...(await send('GET', path)), status: 'cancelled' });
        const resource = await send('PUT', path, body, 'application/fhir+json');
        return { appointment: fhir.appointmentOf(input.bpSiteId, resource) };
      },
    }),
  }),
});

const yoga = createYoga({
  schema: builder.toSchema(),
  context: () => ({ at: loadersOfRequest() }),
  graphiql: false,
  landingPage: false,
  logging: false,
});
createServer(yoga).listen(Number(process.env.PORT), '127.0.0.1');
