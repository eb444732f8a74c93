/**
 * Apollo Server with RESTDataSource, as its documentation shows it: a data source per request, DataLoaders inside for what
 * lists refer to. With BENCH_STATEMENTS the appointments come by the facade's statement, patients and users with them.
 */
import { RESTDataSource } from '@apollo/datasource-rest';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import DataLoader from 'dataloader';
import * as fhir from './fhir.mjs';
import { guidOf } from './halo.mjs';
import { bookStatement, dashboardStatement, rowsIn } from './one-call.mjs';
import { typeDefs } from './schema.mjs';

class HaloCloud extends RESTDataSource {
  baseURL = `${process.env.HALO_BASE_URL}/integrator/sites/`;

  constructor(bpSiteId, options) {
    super(options);
    this.bpSiteId = bpSiteId;
    this.patients = this.loader('Patient', fhir.patientsById, fhir.patientOf);
    this.users = this.loader('Practitioner', fhir.practitionersById, fhir.userOf);
  }

  willSendRequest(_path, request) {
    request.headers['ocp-apim-subscription-key'] = 'sandbox-key-not-secret';
  }

  async fhir(type, search) {
    return this.get(`${await guidOf(this.bpSiteId)}/fhir/R4/${type}`, {
      params: new URLSearchParams(search),
    });
  }

  loader(type, searchOf, read) {
    return new DataLoader(async (ids) => {
      const bundle = await this.fhir(type, searchOf(ids));
      const found = new Map(fhir.resourcesIn(bundle).map((resource) => [resource.id, read(resource)]));
      return ids.map((id) => found.get(id) ?? null);
    });
  }

  async appointments(from, to) {
    const found = [];
    let search = fhir.appointmentSearch(from, to);
    while (search) {
      const bundle = await this.fhir('Appointment', search);
      for (const resource of fhir.resourcesIn(bundle))
        found.push(fhir.appointmentOf(this.bpSiteId, resource));
      search = fhir.nextOf(bundle);
    }
    return found;
  }

  async appointmentsByStatement(statement, from, to) {
    const answer = await this.post(`${await guidOf(this.bpSiteId)}/queries/immediate`, {
      body: statement.body(from, to),
      headers: { 'content-type': 'application/json' },
    });
    return rowsIn(answer).map(statement.appointmentOf);
  }

  async patientsByName(name) {
    return fhir.resourcesIn(await this.fhir('Patient', fhir.patientsByName(name))).map(fhir.patientOf);
  }

  async book(input) {
    const path = `${await guidOf(this.bpSiteId)}/fhir/R4/Appointment`;
    return fhir.appointmentOf(this.bpSiteId, await this.post(path, { body: fhir.newAppointment(input) }));
  }

  async cancel(id) {
    const path = `${await guidOf(this.bpSiteId)}/fhir/R4/Appointment/${id}`;
    const current = await this.get(path);
    const cancelled = await this.put(path, { body: { ...current, status: 'cancelled' } });
    return fhir.appointmentOf(this.bpSiteId, cancelled);
  }
}

const byStatement = {
  Practice: {
    bpSiteId: ({ id }) => id,
    appointments: ({ id }, { from, to }, { at, operation }) =>
      at(id).appointmentsByStatement(
        operation === 'Dashboard' ? dashboardStatement : bookStatement,
        from,
        to,
      ),
    patients: ({ id }, { name }, { at }) => at(id).patientsByName(name),
  },
};

const byFhir = {
  Practice: {
    bpSiteId: ({ id }) => id,
    appointments: ({ id }, { from, to }, { at }) => at(id).appointments(from, to),
    patients: ({ id }, { name }, { at }) => at(id).patientsByName(name),
  },
  Appointment: {
    patient: ({ site, patientId }, _, { at }) => patientId && at(site).patients.load(patientId),
    user: ({ site, userId }, _, { at }) => userId && at(site).users.load(userId),
  },
  Mutation: {
    bookAppointment: async (_, { input }, { at }) => ({ appointment: await at(input.bpSiteId).book(input) }),
    cancelAppointment: async (_, { input }, { at }) => ({
      appointment: await at(input.bpSiteId).cancel(input.appointmentId),
    }),
  },
};

const resolvers = {
  Query: {
    practice: (_, { id }) => ({ id }),
    practices: (_, { ids }) => ids.map((id) => ({ id })),
  },
  ...(bookStatement ? byStatement : byFhir),
};

const server = new ApolloServer({ typeDefs, resolvers });
await startStandaloneServer(server, {
  listen: { port: Number(process.env.PORT), host: '127.0.0.1' },
  context: async ({ req }) => {
    const { cache } = server;
    const sources = new Map();
    const at = (id) => {
      let source = sources.get(id);
      if (!source) {
        source = new HaloCloud(id, { cache });
        sources.set(id, source);
      }
      return source;
    };
    return { at, operation: req.body?.operationName };
  },
});
