import { STATUS_CODES } from 'node:http';
import type { Answer, Refusal } from './answer.ts';

/** Halo Cloud's general errors are `wrapped` by its OpenAPI, `unwrapped` on a page of its docs; gateways add `apim`. */
export type EnvelopeShape = 'wrapped' | 'unwrapped' | 'apim';

const issueCodes: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
};

function general(status: number, message: string, shape: EnvelopeShape): unknown {
  if (shape === 'apim') return { statusCode: status, message };
  const error = { status, statusText: STATUS_CODES[status] ?? 'Error', message };
  return shape === 'unwrapped' ? error : { error };
}

function operationOutcome(status: number, message: string): unknown {
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'fatal', code: issueCodes[status] ?? 'exception', details: { text: message } }],
  };
}

/** A refusal as the wire carries it: below `fhir/` the 400s named by the contract are OperationOutcomes. */
export function errorAnswer(
  { status, message, headers }: Refusal,
  shape: EnvelopeShape,
  fhir: boolean,
): Answer {
  const outcome = fhir && shape === 'wrapped' && status in issueCodes;
  return {
    status,
    headers,
    body: outcome ? operationOutcome(status, message) : general(status, message, shape),
  };
}
