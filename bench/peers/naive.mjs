/** Naive resolvers on Apollo Server: each resolver fetches its own resource, without batching. */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import * as fhir from './fhir.mjs';
import { fhirPath, send } from './halo.mjs';
import { typeDefs } from './schema.mjs';

const read = async (site, path) => send('GET', `${await fhirPath(site)}/${path}`);

const server = new ApolloServer({
  typeDefs,
  resolvers: {
    Query: {
      practice: (_, { id }) => ({ id }),
      practices: (_, { ids }) => ids.map((id) => ({ id })),
    },
    Practice: {
      bpSiteId: ({ id }) => id,
      appointments: async ({ id }, { from, to }) =>
        fhir
          .resourcesIn(await read(id, `Appointment?${fhir.appointmentSearch(from, to)}`))
          .map((resource) => fhir.appointmentOf(id, resource)),
      patients: async ({ id }, { name }) =>
        fhir.resourcesIn(await read(id, `Patient?${fhir.patientsByName(name)}`)).map(fhir.patientOf),
    },
    Appointment: {
      patient: async ({ site, patientId }) => fhir.patientOf(await read(site, `Patient/${patientId}`)),
      user: async ({ site, userId }) => fhir.userOf(await read(site, `Practitioner/${userId}`)),
    },
    Mutation: {
      async bookAppointment(_, { input }) {
        const path = `${await fhirPath(input.bpSiteId)}/Appointment`;
        const resource = await send(
          'POST',
          path,
          JSON.stringify(fhir.newAppointment(input)),
          'application/fhir+json',
        );
        return { appointment: fhir.appointmentOf(input.bpSiteId, resource) };
      },
      async cancelAppointment(_, { input }) {
        const path = `${await fhirPath(input.bpSiteId)}/Appointment/${input.appointmentId}`;
        const cancelled = JSON.stringify({ ...(await send('GET', path)), status: 'cancelled' });
        const resource = await send('PUT', path, cancelled, 'application/fhir+json');
        return { appointment: fhir.appointmentOf(input.bpSiteId, resource) };
      },
    },
  },
});
await startStandaloneServer(server, { listen: { port: Number(process.env.PORT), host: '127.0.0.1' } });
