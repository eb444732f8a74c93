/** FHIR resources in the shape of the peers' schema, and the searches that fetch them. */
const statuses = {
  booked: 'BOOKED',
  arrived: 'ARRIVED',
  'checked-in': 'IN_CONSULTATION',
  fulfilled: 'FULFILLED',
  noshow: 'NO_SHOW',
  cancelled: 'CANCELLED',
};

export const resourcesIn = (bundle) => (bundle.entry ?? []).map(({ resource }) => resource);

/** The path and query of the next page, or undefined. */
export function nextOf(bundle) {
  const link = bundle.link?.find(({ relation }) => relation === 'next');
  return link && new URL(link.url).search;
}

export function appointmentSearch(from, to) {
  return new URLSearchParams([
    ['date', `ge${from}`],
    ['date', `le${to}`],
    ['status', 'booked,arrived,checked-in,fulfilled,noshow'],
    ['_sort', 'date'],
    ['_count', '500'],
    ['_elements', 'status,start,end,minutesDuration,description,appointmentType,participant'],
  ]).toString();
}

const listSearch = (ids, elements) =>
  new URLSearchParams({ _id: ids.join(','), _count: '500', _elements: elements }).toString();
const patientElements = 'name,birthDate,telecom';
export const patientsById = (ids) => listSearch(ids, patientElements);
export const practitionersById = (ids) => listSearch(ids, 'name');
export const patientsByName = (name) =>
  new URLSearchParams({ name, _count: '50', _elements: patientElements }).toString();

/** `patientId` and `userId` are the ids to fetch. */
export function appointmentOf(site, resource) {
  return {
    site,
    pmsId: resource.id,
    start: resource.start,
    end: resource.end,
    durationMinutes: resource.minutesDuration,
    status: statuses[resource.status] ?? 'UNKNOWN',
    reason: resource.description ?? null,
    type: resource.appointmentType ? { name: resource.appointmentType.text } : null,
    patientId: referenced(resource, 'Patient/'),
    userId: referenced(resource, 'Practitioner/'),
  };
}

function referenced({ participant = [] }, kind) {
  for (const { actor } of participant) {
    if (actor?.reference?.startsWith(kind)) return actor.reference.slice(kind.length);
  }
  return undefined;
}

export function patientOf(resource) {
  const name = resource.name?.find(({ use }) => use === 'official') ?? {};
  return {
    pmsId: resource.id,
    fullName: [name.given?.[0], name.family].filter(Boolean).join(' '),
    birthDate: resource.birthDate ?? null,
    mobilePhone: resource.telecom?.find(({ use }) => use === 'mobile')?.value ?? null,
  };
}

export function userOf(resource) {
  const [name = {}] = resource.name ?? [];
  const parts = [...(name.prefix ?? []), ...(name.given ?? []), name.family];
  return { pmsId: resource.id, displayName: parts.filter(Boolean).join(' ') };
}

/** The FHIR body that books an appointment. */
export function newAppointment({ userId, patientId, start, durationMinutes, typeId, locationId }) {
  const end = new Date(new Date(start).getTime() + durationMinutes * 60_000);
  return {
    resourceType: 'Appointment',
    status: 'booked',
    start,
    end: end.toISOString().replace('.000', ''),
    minutesDuration: durationMinutes,
    appointmentType: { coding: [{ code: typeId }] },
    participant: [
      { actor: { reference: `Patient/${patientId}` }, status: 'accepted' },
      { actor: { reference: `Practitioner/${userId}` }, status: 'accepted' },
      { actor: { reference: `Location/${locationId}` }, status: 'accepted' },
    ],
  };
}
