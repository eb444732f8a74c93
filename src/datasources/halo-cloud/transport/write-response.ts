import type { WriteResponse } from '../../domain/write-certainty.ts';
import { type CallOutcome, neverConnected, type UpstreamResponse } from './call-outcome.ts';
import { errorEnvelope } from './envelope.ts';

/** The response to a failed write, as `writeCertainty` takes it. `procedure`: the stored procedure that the write calls. */
export function responseOf(outcome: CallOutcome, procedure: string | undefined): WriteResponse {
  if (outcome.errorResponse) return responseOfError(outcome.errorResponse, procedure);
  const { status, failure } = outcome;
  if (status !== null && failure === null) return { kind: 'malformed' };
  return { kind: 'none', connected: status !== null || !neverConnected(outcome) };
}

function responseOfError(response: UpstreamResponse, procedure: string | undefined): WriteResponse {
  const envelope = errorEnvelope(response.body);
  const succeeded = response.status >= 200 && response.status < 300;
  const status = succeeded ? (envelope?.status ?? response.status) : response.status;
  if (envelope?.shape !== 'query') return { kind: 'http', status, enveloped: envelope !== undefined };
  const { errorType, errorCode, text } = envelope;
  return { kind: 'query', status, errorType, errorCode, namesProcedure: names(text, procedure) };
}

/** Matches whole names: a text with `BP_AddAppointmentEx` does not name `BP_AddAppointment`. */
function names(text: string, procedure: string | undefined): boolean {
  return procedure !== undefined && new RegExp(`(?<!\\w)${procedure}(?!\\w)`, 'i').test(text);
}
