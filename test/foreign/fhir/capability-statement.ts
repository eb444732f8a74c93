/** A CapabilityStatement, as far as the facade reads one. */

export interface Capabilities {
  readonly fhirVersion: string;
  /** Search parameters by resource type; a type that is not named is not served. */
  readonly resources: Readonly<Record<string, readonly string[]>>;
}

export const everything: Capabilities = {
  fhirVersion: '4.0.1',
  resources: {
    Patient: ['_id', 'name', 'given', 'family', 'birthdate', 'phone', 'email', 'identifier'],
    Practitioner: ['_id'],
    PractitionerRole: ['practitioner'],
    Location: ['_id'],
    Appointment: ['_id', 'date', 'practitioner', 'patient', 'location', 'status'],
  },
};

export function capabilityStatement({ fhirVersion, resources }: Capabilities) {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    kind: 'instance',
    fhirVersion,
    format: ['application/fhir+json'],
    rest: [
      {
        mode: 'server',
        resource: Object.entries(resources).map(([type, parameters]) => ({
          type,
          interaction: ['read', 'search-type', 'create', 'update'].map((code) => ({ code })),
          searchParam: parameters.map((name) => ({ name })),
        })),
      },
    ],
  };
}
