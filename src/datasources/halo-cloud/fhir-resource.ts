import { NotFound, PmsError, SlotTaken } from '../../errors.ts';
import type { FhirResource } from '../practice-connection.ts';
import type { HaloCloud } from './client.ts';
import type { Envelope } from './envelope.ts';
import { fhirBase, fhirTemplate } from './fhir.ts';
import { readResource } from './fhir-bundle.ts';
import type { CallContext, UpstreamRead, UpstreamWrite } from './upstream-call.ts';

/** `GET {resource}/{id}`. Null when the server itself says that it has none, in an OperationOutcome. */
export function readIfThere(
  halo: HaloCloud,
  haloGuid: string,
  resource: string,
  id: string,
  context: CallContext,
): Promise<FhirResource | null> {
  return halo.read(fhirReadCall(haloGuid, resource, id), context).catch((error: unknown) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
}

/** `POST {resource}`: its answer is the resource as the practice now has it. */
export function fhirCreateCall(
  haloGuid: string,
  resource: string,
  body: FhirResource,
): UpstreamWrite<FhirResource> {
  return {
    kind: 'fhir',
    method: 'POST',
    route: `${fhirTemplate}/${resource}`,
    path: `${fhirBase(haloGuid)}/${resource}`,
    haloGuid,
    body: asJson(body),
    read: readResource,
    refused: refusedByPractice,
  };
}

/** `PUT {resource}/{id}` with the whole resource. */
export function fhirUpdateCall(
  haloGuid: string,
  resource: string,
  id: string,
  body: FhirResource,
): UpstreamWrite<FhirResource> {
  return {
    ...fhirCreateCall(haloGuid, resource, body),
    method: 'PUT',
    route: `${fhirTemplate}/${resource}/{id}`,
    path: `${fhirBase(haloGuid)}/${resource}/${encodeURIComponent(id)}`,
  };
}

function fhirReadCall(haloGuid: string, resource: string, id: string): UpstreamRead<FhirResource> {
  return {
    kind: 'fhir',
    method: 'GET',
    route: `${fhirTemplate}/${resource}/{id}`,
    path: `${fhirBase(haloGuid)}/${resource}/${encodeURIComponent(id)}`,
    haloGuid,
    read: readResource,
    refused: (status, envelope) =>
      (status === 404 || status === 410) && envelope?.shape === 'outcome' ? new NotFound() : undefined,
  };
}

/** What the practice's own server has against a change: by its OperationOutcome, 409 for a time that is taken (F12). */
function refusedByPractice(status: number, envelope: Envelope | undefined): Error | undefined {
  if (envelope?.shape !== 'outcome') return undefined;
  if (status === 409) return new SlotTaken();
  return status === 400 || status === 422
    ? new PmsError('http', status, { detail: `HTTP ${status}, OperationOutcome ${envelope.codes.join(' ')}` })
    : undefined;
}

function asJson(resource: FhirResource) {
  return { contentType: 'application/fhir+json', text: JSON.stringify(resource) };
}
