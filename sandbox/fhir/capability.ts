import type { PracticeSpec } from '../practices.ts';
import { appointment } from './appointment.ts';
import { location } from './location.ts';
import { organization } from './organization.ts';
import { patient } from './patient.ts';
import { practitioner } from './practitioner.ts';
import { practitionerRole } from './practitioner-role.ts';
import type { ResourceKind, SearchParameter } from './resource-kind.ts';

const kinds: readonly ResourceKind[] = [
  patient,
  practitioner,
  practitionerRole,
  organization,
  location,
  appointment,
];

/** Result parameters, listed as search parameters where the assumed ones are. `_count` and `_sort` work everywhere. */
const shaping = [
  { name: '_count', type: 'number', documentation: 'The number of resources on a page' },
  { name: '_sort', type: 'string', documentation: 'The order of the resources' },
  { name: '_elements', type: 'string', documentation: 'The elements of the resources that are sent' },
] as const;

/** The resource type as this practice serves it; undefined when its server does not list it. */
export function kindAt({ assumedFhir }: PracticeSpec, type: string): ResourceKind | undefined {
  return kinds.find((kind) => kind.type === type && (assumedFhir || !kind.assumed));
}

/** The search parameters that this practice lists for a type, `_id` left out: every type has that. */
export function parametersAt({ assumedFhir }: PracticeSpec, kind: ResourceKind): readonly SearchParameter[] {
  return kind.parameters.filter(({ assumed }) => assumedFhir || !assumed);
}

/** The writes of a resource type that this practice supports. */
export function writesAt({ assumedFhir }: PracticeSpec, { writes }: ResourceKind): ResourceKind['writes'] {
  return assumedFhir || !writes?.assumed ? writes : undefined;
}

/** Shaped as Halo's documentation shows it. Never touches the practice's database. */
export function capabilityStatement(practice: PracticeSpec, today: string): unknown {
  const listed = kinds.filter(({ assumed }) => practice.assumedFhir || !assumed);
  return {
    resourceType: 'CapabilityStatement',
    id: practice.haloGuid,
    version: practice.haloLinkVersion,
    name: 'RestServer',
    status: 'active',
    date: today,
    publisher: 'Halo Connect Pty Ltd',
    copyright: 'All Rights Reserved',
    kind: 'instance',
    software: { name: 'BP/Halo FHIR Server', version: `${practice.haloLinkVersion}+sandbox` },
    implementation: { description: 'Halo FHIR Server', url: 'https://haloconnect.io' },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'application/json'],
    patchFormat: [''],
    rest: [
      {
        mode: 'server',
        resource: [
          ...listed.map((kind) => resourceOf(practice, kind)),
          ...(practice.assumedFhir ? [slotOperations] : []),
        ],
      },
    ],
  };
}

/** Assumed: the operation belongs to Slot, which cannot be read or searched by itself. */
const slotOperations = {
  type: 'Slot',
  profile: 'http://hl7.org/fhir/StructureDefinition/Slot',
  operation: [{ name: 'find-free', definition: 'OperationDefinition/Slot-find-free' }],
};

function resourceOf(practice: PracticeSpec, kind: ResourceKind): unknown {
  const parameters = [
    { name: '_id', type: 'token', documentation: 'Logical id of this artifact' },
    ...parametersAt(practice, kind),
  ];
  const writes = writesAt(practice, kind);
  const interactions = [
    ...['read', 'search-type'],
    ...(writes?.create ? ['create'] : []),
    ...(writes ? ['update'] : []),
  ];
  return {
    type: kind.type,
    profile: `http://hl7.org/fhir/StructureDefinition/${kind.type}`,
    ...(kind.supportedProfile && { supportedProfile: [kind.supportedProfile] }),
    interaction: interactions.map((code) => ({ code })),
    searchParam: [
      ...parameters.map(({ name, type, documentation }) => ({
        name,
        definition: `http://hl7.org/fhir/SearchParameter/${definedBy(kind, name)}-${name.replace(/^_/, '')}`,
        type,
        documentation,
      })),
      ...(practice.assumedFhir ? shaping : []),
    ],
  };
}

/** The R4 definition of a search parameter. Parameters shared by all person types have a common definition. */
function definedBy({ type }: ResourceKind, name: string): string {
  if (name.startsWith('_')) return 'Resource';
  return ['given', 'family', 'birthdate', 'phone', 'email'].includes(name) ? 'individual' : type;
}
