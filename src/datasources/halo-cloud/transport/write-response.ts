import type { WriteResponse } from '../../domain/write-certainty.ts';
import type { Answer } from './answer-error.ts';
import { type CallOutcome, neverConnected } from './charged-call.ts';
import { errorEnvelope } from './envelope.ts';

/** What came back for a write that failed, as the certainty table reads it. `procedure` is the one that its text calls. */
export function responseOf(outcome: CallOutcome, procedure: string | undefined): WriteResponse {
  if (outcome.errorAnswer) return responseOfError(outcome.errorAnswer, procedure);
  const { status, failure } = outcome;
  if (status !== null && failure === null) return { kind: 'malformed' };
  return { kind: 'none', connected: status !== null || !neverConnected(outcome) };
}

function responseOfError(answer: Answer, procedure: string | undefined): WriteResponse {
  const envelope = errorEnvelope(answer.body);
  const succeeded = answer.status >= 200 && answer.status < 300;
  const status = succeeded ? (envelope?.status ?? answer.status) : answer.status;
  if (envelope?.shape !== 'query') return { kind: 'http', status, enveloped: envelope !== undefined };
  const { errorType, errorCode, text } = envelope;
  return { kind: 'query', status, errorType, errorCode, namesProcedure: names(text, procedure) };
}

/** `BP_AddAppointment` is not named by `BP_AddAppointmentEx`. */
function names(text: string, procedure: string | undefined): boolean {
  return procedure !== undefined && new RegExp(`(?<!\\w)${procedure}(?!\\w)`, 'i').test(text);
}
