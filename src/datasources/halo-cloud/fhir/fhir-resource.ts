import { NotFound, PmsError, SlotTaken } from '../../../errors.ts';
import type { FhirResource, FhirVersion } from '../practice-connection.ts';
import type { HaloCloud } from '../transport/client.ts';
import type { Envelope } from '../transport/envelope.ts';
import { checkNesting } from '../transport/nesting.ts';
import type { CallContext, UpstreamRead, UpstreamWrite } from '../transport/upstream-call.ts';
import { readResource } from './fhir-bundle.ts';
import { fhirBase, fhirTemplate } from './fhir-calls.ts';
import { versionOf } from './resource-version.ts';

// Rests on assumption F12.

/** `GET {resource}/{id}`. Null when the FHIR server itself reports, in an OperationOutcome, that it does not exist. */
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

/** `POST {resource}`: returns the stored resource. */
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

/** `PUT {resource}/{id}` with the whole resource. It replaces the named version. */
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
    refused: (status, envelope) => missing(status, envelope) ?? refusedByPractice(status, envelope),
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
      // An update may send the resource back.
      const found = checkNesting(readResource(body));
      const etag = headers?.etag ?? '';
      return { resource: found, version: entityTag.test(etag) ? etag : versionOf(found) };
    },
    refused: missing,
  };
}

/** The FHIR server itself reports that the resource does not exist or was deleted. */
function missing(status: number, envelope: Envelope | undefined): NotFound | undefined {
  return (status === 404 || status === 410) && envelope?.shape === 'outcome' ? new NotFound() : undefined;
}

const entityTag = /^(W\/)?"[^"]+"$/;

const changedMeanwhile = 'Someone else has just changed this. Check it and try again.';

/**
 * The error when the practice's FHIR server refuses a write: 409 with an OperationOutcome means that the time is taken
 * (F12), 405 that the server does not support the change, 412 that the version has changed, 428 that a version is missing.
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
