/** The result of `handleFhir`: an HTTP status and a FHIR resource. */
export interface FhirAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface IssueText {
  readonly severity: 'fatal' | 'error';
  readonly code: string;
  /** Firely's error number. Only the publicly documented one is sent. */
  readonly firelyCode?: string;
}

/** `handleFhir` turns it into an OperationOutcome. The message contains no searched value. */
export class FhirRefusal extends Error {
  readonly status: number;
  readonly issue: IssueText;

  constructor(status: number, issue: IssueText, text: string) {
    super(text);
    this.name = 'FhirRefusal';
    this.status = status;
    this.issue = issue;
  }
}

export function malformedPath(): FhirRefusal {
  const issue = { severity: 'fatal', code: 'exception', firelyCode: '5003' } as const;
  return new FhirRefusal(400, issue, 'Unable to parse Resource URL');
}

/** A search parameter, or a value of one, that this server does not know. */
export function badSearch(text: string): FhirRefusal {
  return new FhirRefusal(400, { severity: 'error', code: 'invalid' }, text);
}

/** The refusal of a sent resource. The message names the element, never its value. */
export function badResource(text: string): FhirRefusal {
  return new FhirRefusal(400, { severity: 'error', code: 'invalid' }, text);
}

/** A resource that is well formed, but more than the practice keeps or allows. Names the element, never its value. */
export function unacceptable(text: string): FhirRefusal {
  return new FhirRefusal(422, { severity: 'error', code: 'business-rule' }, text);
}

export function conflict(text: string): FhirRefusal {
  return new FhirRefusal(409, { severity: 'error', code: 'conflict' }, text);
}

export function notServed(text: string): FhirRefusal {
  return new FhirRefusal(404, { severity: 'error', code: 'not-supported' }, text);
}

export function methodNotAllowed(): FhirRefusal {
  return new FhirRefusal(405, { severity: 'error', code: 'not-supported' }, 'Interaction is not supported');
}

export function noSuchResource(type: string): FhirRefusal {
  return new FhirRefusal(404, { severity: 'error', code: 'not-found' }, `${type} was not found`);
}

export function outcomeOf({ status, issue, message }: FhirRefusal): FhirAnswer {
  const coding = issue.firelyCode && [
    { system: 'http://hl7.org/fhir/dotnet-api-operation-outcome', code: issue.firelyCode },
  ];
  const details = { ...(coding && { coding }), text: message };
  const { severity, code } = issue;
  return { status, body: { resourceType: 'OperationOutcome', issue: [{ severity, code, details }] } };
}
