/** Composes the supergraph of the Hive Gateway peer, as Mesh Compose does at build time, to the file that BENCH_SUPERGRAPH names. */
import { writeFileSync } from 'node:fs';
import { getComposedSchemaFromConfig } from '@graphql-mesh/compose-cli';
import { loadJSONSchemaSubgraph } from '@omnigraph/json-schema';

const base = process.env.HALO_BASE_URL;
const text = { type: 'string' };
const list = (items) => ({ type: 'array', items });
const object = (title, properties) => ({ type: 'object', title, properties });
const reference = object('Reference', { reference: text });
const name = object('HumanName', { use: text, family: text, given: list(text), prefix: list(text) });
const bundle = (title, resource) =>
  object(`${title}Bundle`, { entry: list(object(`${title}Entry`, { resource })) });

const appointment = object('FhirAppointment', {
  id: text,
  status: text,
  start: text,
  end: text,
  minutesDuration: { type: 'integer' },
  description: text,
  appointmentType: object('CodeableConcept', { text }),
  participant: list(object('Participant', { actor: reference })),
});
const patient = object('FhirPatient', {
  id: text,
  birthDate: text,
  name: list(name),
  telecom: list(object('ContactPoint', { system: text, use: text, value: text })),
});
const practitioner = object('FhirPractitioner', { id: text, name: list(name) });

const search = (field, type, parameters, args, resource) => ({
  type: 'Query',
  field,
  method: 'GET',
  path: `/{args.guid}/fhir/R4/${type}?${parameters}`,
  argTypeMap: Object.fromEntries(['guid', ...args].map((arg) => [arg, { type: 'string' }])),
  responseSchema: bundle(type, resource),
});

const config = {
  subgraphs: [
    {
      sourceHandler: loadJSONSchemaSubgraph('Fhir', {
        endpoint: `${base}/integrator/sites`,
        operationHeaders: { 'ocp-apim-subscription-key': 'sandbox-key-not-secret' },
        operations: [
          search(
            'appointmentSearch',
            'Appointment',
            'date=ge{args.from}&date=le{args.to}&status=booked,arrived,checked-in,fulfilled,noshow&_sort=date&_count=500&_elements=status,start,end,minutesDuration,description,appointmentType,participant',
            ['from', 'to'],
            appointment,
          ),
          search(
            'patientsById',
            'Patient',
            '_id={args.ids}&_count=500&_elements=name,birthDate,telecom',
            ['ids'],
            patient,
          ),
          search(
            'patientsByName',
            'Patient',
            'name={args.name}&_count=50&_elements=name,birthDate,telecom',
            ['name'],
            patient,
          ),
          search(
            'practitionersById',
            'Practitioner',
            '_id={args.ids}&_count=500&_elements=name',
            ['ids'],
            practitioner,
          ),
        ],
      }),
    },
  ],
};
const quiet = () => {};
const writeLog = (...parts) => process.stderr.write(`${parts.join(' ')}\n`);
const logger = {
  log: quiet,
  debug: quiet,
  info: quiet,
  warn: writeLog,
  error: writeLog,
  child: () => logger,
};
writeFileSync(process.env.BENCH_SUPERGRAPH, await getComposedSchemaFromConfig(config, logger));
process.exit();
