/**
 * Where the sandbox or the facade knowingly departs from Halo Cloud's published OpenAPI, and why. A deviation that no
 * exchange of the contract test needs fails it: the list cannot go stale.
 */
export interface Deviation {
  readonly id: string;
  readonly reason: string;
  /** Whether this exchange is the one that departs. */
  readonly applies: (exchange: {
    readonly operation: string;
    readonly status: number;
    readonly problem: string;
  }) => boolean;
}

export const deviations: readonly Deviation[] = [
  {
    id: 'too-large',
    reason: 'The document lists no 413; the troubleshooting page describes it (facts.md 2.2 and 2.8).',
    applies: ({ status, problem }) => status === 413 && problem === 'status not listed',
  },
  {
    id: 'rate-limited',
    reason: 'The document lists no 429; the public error profile does, with Retry-After (facts.md 2.8).',
    applies: ({ status, problem }) => status === 429 && problem === 'status not listed',
  },
  {
    id: 'fhir-writes',
    reason:
      "The document lists FHIR's reads and searches only, the public capabilities page create and update too: they are sent as FHIR R4 REST has them (facts.md 4).",
    applies: ({ problem }) =>
      /^no such operation: (POST|PUT) \/integrator\/sites\/[^/]+\/fhir\/R4\/[A-Z]\w+(\/[\w-]+)?$/.test(
        problem,
      ),
  },
  {
    id: 'immediate-status',
    reason:
      "GET of a query's status is documented for immediate queries as well, its schema knows the mode `async` alone (facts.md 2.3).",
    applies: ({ operation, status, problem }) =>
      operation === 'GET /integrator/sites/{siteId}/queries/{queryId}' &&
      status === 200 &&
      problem.startsWith('answer/mode:'),
  },
  {
    id: 'immediate-status-in-batch',
    reason: 'As immediate-status: the batch takes the ids of immediate queries too.',
    applies: ({ operation, problem }) =>
      operation === 'POST /integrator/sites/{siteId}/queries/status' &&
      /^answer\/results\/\d+\/query\/mode:/.test(problem),
  },
  {
    id: 'streamed-page',
    reason:
      'A streamed page is documented as a string in JSON and described as the JSON content of the page: it is read as that content (facts.md 2.5).',
    applies: ({ operation, status, problem }) =>
      operation.endsWith('/results/{pageNumber}/stream') &&
      status === 200 &&
      problem === 'answer: must be string',
  },
];

/**
 * The document combines schemas with `oneOf` although every object matches several of them (`Error` and
 * `FhirResource` require nothing). Its own examples would be invalid. So `oneOf` is read as `anyOf`.
 */
export const readOneOfAsAnyOf = true;
