import { NotFound, PmsError, SlotTaken } from '../../../errors.ts';
import type { FhirResource, FhirVersion } from '../practice-connection.ts';
import type { HaloCloud } from '../transport/client.ts';
import type { Envelope } from '../transport/envelope.ts';
import { notNestedDeeply } from '../transport/nesting.ts';
import type { CallContext, UpstreamRead, UpstreamWrite } from '../transport/upstream-call.ts';
import { readResource } from './fhir-bundle.ts';
import { fhirBase, fhirTemplate } from './fhir-calls.ts';
import { versionOf } from './resource-version.ts';

// Rests on assumption F12.

/** `GET {resource}/{id}`. Null when the server itself says that it has none, in an OperationOutcome. */
export function readIfThere(
  halo: HaloCloud,
  haloGuid: string,
  resource: string,
  id: string,
  context: CallContext,
): Promise<FhirVersion | null> {
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

/** `PUT {resource}/{id}` with the whole resource, in place of the version that is named. */
export function fhirUpdateCall(
  haloGuid: string,
  resource: string,
  id: string,
  body: FhirResource,
  version: string | null,
): UpstreamWrite<FhirResource> {
  return {
    ...fhirCreateCall(haloGuid, resource, body),
    ...(version !== null && { ifMatch: version }),
    method: 'PUT',
    route: `${fhirTemplate}/${resource}/{id}`,
    path: `${fhirBase(haloGuid)}/${resource}/${encodeURIComponent(id)}`,
  };
}

function fhirReadCall(haloGuid: string, resource: string, id: string): UpstreamRead<FhirVersion> {
  return {
    kind: 'fhir',
    unshared: true,
    method: 'GET',
    route: `${fhirTemplate}/${resource}/{id}`,
    path: `${fhirBase(haloGuid)}/${resource}/${encodeURIComponent(id)}`,
    haloGuid,
    read(body, headers) {
      // It may be sent back as part of a change.
      const found = notNestedDeeply(readResource(body));
      const etag = headers?.etag ?? '';
      return { resource: found, version: entityTag.test(etag) ? etag : versionOf(found) };
    },
    refused: (status, envelope) =>
      (status === 404 || status === 410) && envelope?.shape === 'outcome' ? new NotFound() : undefined,
  };
}

const entityTag = /^(W\/)?"[^"]+"$/;

const changedMeanwhile = 'Someone else has just changed this. Check it and try again.';

/**
 * What the practice's own server has against a change: by its OperationOutcome, 409 for a time that is taken (F12). 405 is a
 * change that it does not take, 412 one of a version that is no longer there, 428 one that names none.
 */
function refusedByPractice(status: number, envelope: Envelope | undefined): Error | undefined {
  const isOutcome = envelope?.shape === 'outcome';
  if (status === 409 && isOutcome) return new SlotTaken();
  const refuses = isOutcome ? [400, 405, 412, 422, 428] : [405, 412, 428];
  if (!refuses.includes(status)) return undefined;
  const codes = isOutcome ? `, OperationOutcome ${envelope.codes.join(' ')}` : '';
  return new PmsError('http', status, {
    detail: `HTTP ${status}${codes}`,
    ...(status === 412 && { message: changedMeanwhile }),
  });
}

function asJson(resource: FhirResource) {
  return { contentType: 'application/fhir+json', text: JSON.stringify(resource) };
}
