/**
 * Hive Gateway over a supergraph that Mesh Compose made of the FHIR operations, joined as its documentation shows it: additional
 * types, and resolvers that query the subgraph through the context.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import DataLoader from 'dataloader';
import * as fhir from './fhir.mjs';
import { guidOf } from './halo.mjs';
import { typeDefs } from './schema.mjs';

const reads = typeDefs.replace(/type Mutation[\s\S]*$/, '').replace('type Query', 'extend type Query');
const patientFields = 'id birthDate name { use family given } telecom { use value }';

/**
 * Resolves a link of an appointment with one DataLoader per practice and request. The gateway's own batching would send the
 * keys of all practices to one practice.
 */
function linked(field, idOf, fields, read) {
  const loaders = new WeakMap();
  const loaderAt = (site, context, info) => {
    const bySite = loaders.get(context) ?? new Map();
    loaders.set(context, bySite);
    const known = bySite.get(site);
    if (known) return known;
    const loader = new DataLoader(async (ids) => {
      const bundle = await context.Fhir.Query[field]({
        root: {},
        args: { guid: await guidOf(site), ids: ids.join(',') },
        selectionSet: `{ entry { resource { ${fields} } } }`,
        context,
        info,
      });
      const found = new Map(fhir.resourcesIn(bundle).map((resource) => [resource.id, read(resource)]));
      return ids.map((id) => found.get(id) ?? null);
    });
    bySite.set(site, loader);
    return loader;
  };
  return {
    selectionSet: `{ site ${idOf} }`,
    resolve: (root, _args, context, info) =>
      root[idOf] ? loaderAt(root.site, context, info).load(root[idOf]) : null,
  };
}

const gateway = createGatewayRuntime({
  supergraph: readFileSync(process.env.BENCH_SUPERGRAPH, 'utf8'),
  additionalTypeDefs: reads,
  additionalResolvers: {
    Query: {
      practice: (_, { id }) => ({ bpSiteId: id }),
      practices: (_, { ids }) => ids.map((bpSiteId) => ({ bpSiteId })),
    },
    Practice: {
      async appointments({ bpSiteId }, { from, to }, context, info) {
        const bundle = await context.Fhir.Query.appointmentSearch({
          root: {},
          args: { guid: await guidOf(bpSiteId), from, to },
          selectionSet: `{ entry { resource { id status start end minutesDuration description appointmentType { text }
            participant { actor { reference } } } } }`,
          context,
          info,
        });
        return fhir.resourcesIn(bundle).map((resource) => fhir.appointmentOf(bpSiteId, resource));
      },
      async patients({ bpSiteId }, { name }, context, info) {
        const bundle = await context.Fhir.Query.patientsByName({
          root: {},
          args: { guid: await guidOf(bpSiteId), name },
          selectionSet: `{ entry { resource { ${patientFields} } } }`,
          context,
          info,
        });
        return fhir.resourcesIn(bundle).map(fhir.patientOf);
      },
    },
    Appointment: {
      patient: linked('patientsById', 'patientId', patientFields, fhir.patientOf),
      user: linked('practitionersById', 'userId', 'id name { family given prefix }', fhir.userOf),
    },
  },
  graphiql: false,
  landingPage: false,
  logging: 'error',
  maskedErrors: false,
});
createServer(gateway).listen(Number(process.env.PORT), '127.0.0.1');
