/**
 * Fastify with Mercurius, its JIT from the first execution on and its loaders, as its documentation shows them. With
 * BENCH_STATEMENTS the appointments come by the facade's statement, patients and users with them; with BENCH_CHECKS bookings and
 * cancellations are checked.
 */
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { bookChecked, cancelChecked } from './checked.mjs';
import * as fhir from './fhir.mjs';
import { fhirPath, queryPath, send } from './halo.mjs';
import { bookStatement, dashboardStatement, rowsIn } from './one-call.mjs';
import { typeDefs } from './schema.mjs';

const form = 'application/x-www-form-urlencoded';
const search = async (site, type, parameters) =>
  send('POST', `${await fhirPath(site)}/${type}/_search`, parameters, form);

async function appointmentsByFhir(site, from, to) {
  const path = `${await fhirPath(site)}/Appointment`;
  const found = [];
  let bundle = await search(site, 'Appointment', fhir.appointmentSearch(from, to));
  for (;;) {
    for (const resource of fhir.resourcesIn(bundle)) found.push(fhir.appointmentOf(site, resource));
    const next = fhir.nextOf(bundle);
    if (!next) return found;
    bundle = await send('GET', path + next);
  }
}

async function appointmentsByStatement(statement, site, from, to) {
  return rowsIn(await send('POST', await queryPath(site), statement.body(from, to))).map(
    statement.appointmentOf,
  );
}

/** A Mercurius loader: it loads one field of one request in one batch, with one search per practice. */
function linked(idOf, type, searchOf, read) {
  return async (queries) => {
    const found = new Map();
    await Promise.all(
      [...groupedBySite(queries)].map(async ([site, some]) => {
        const ids = [...new Set(some.map(({ obj }) => obj[idOf]).filter(Boolean))];
        if (ids.length === 0) return;
        for (const resource of fhir.resourcesIn(await search(site, type, searchOf(ids)))) {
          found.set(`${site} ${resource.id}`, read(resource));
        }
      }),
    );
    return queries.map(({ obj }) => found.get(`${obj.site} ${obj[idOf]}`) ?? null);
  };
}

function groupedBySite(queries) {
  const groups = new Map();
  for (const query of queries) {
    const group = groups.get(query.obj.site);
    if (group) group.push(query);
    else groups.set(query.obj.site, [query]);
  }
  return groups;
}

const byFhir = {
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
};

const checked = {
  bookAppointment: async (_, { input }) => ({ appointment: await bookChecked(input) }),
  cancelAppointment: async (_, { input }) => ({ appointment: await cancelChecked(input) }),
};

const app = Fastify();
app.register(mercurius, {
  schema: typeDefs,
  jit: 1,
  resolvers: {
    Query: {
      practice: (_, { id }) => ({ id }),
      practices: (_, { ids }) => ids.map((id) => ({ id })),
    },
    Practice: {
      bpSiteId: ({ id }) => id,
      appointments({ id }, { from, to }, { reply }) {
        if (!bookStatement) return appointmentsByFhir(id, from, to);
        const { operationName } = reply.request.body;
        const statement = operationName === 'Dashboard' ? dashboardStatement : bookStatement;
        return appointmentsByStatement(statement, id, from, to);
      },
      patients: async ({ id }, { name }) =>
        fhir.resourcesIn(await search(id, 'Patient', fhir.patientsByName(name))).map(fhir.patientOf),
    },
    Mutation: process.env.BENCH_CHECKS ? checked : byFhir,
  },
  loaders:
    bookStatement || process.env.BENCH_CHECKS
      ? {}
      : {
          Appointment: {
            patient: linked('patientId', 'Patient', fhir.patientsById, fhir.patientOf),
            user: linked('userId', 'Practitioner', fhir.practitionersById, fhir.userOf),
          },
        },
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
