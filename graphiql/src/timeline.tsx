import type { ExplainedCall, Explanation } from '../../src/datasources/halo-cloud/transport/explain.ts';

/** The upstream calls of an operation, in order, as bars over its time. */
export function Timeline({ calls, omitted }: Explanation) {
  const endMs = Math.max(1, ...calls.map(({ startMs, ms }) => startMs + (ms ?? 0)));
  if (calls.length === 0) return <p>No upstream call was needed.</p>;
  return (
    <>
      <ol className="halo-timeline" aria-label="Upstream calls">
        {calls.map((call, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: calls have no identity but their place
          <Call key={index} call={call} endMs={endMs} />
        ))}
      </ol>
      {omitted > 0 && <p>{omitted} more calls are not listed.</p>}
    </>
  );
}

function Call({ call, endMs }: { readonly call: ExplainedCall; readonly endMs: number }) {
  const { path, startMs, ms, delivery, charged, status, failure, cause } = call;
  const failed = failure !== null || (status !== null && status >= 400);
  const left = (startMs / endMs) * 100;
  const width = ((ms ?? endMs - startMs) / endMs) * 100;
  return (
    <li>
      <details>
        <summary>
          <span className="halo-call-name">
            <span className="halo-call-path">{path?.join('.') ?? '(no field)'}</span>
            <span className="halo-call-kind">{nameOf(call)}</span>
          </span>
          <span className="halo-call-track" aria-hidden="true">
            <span
              className={`halo-call-bar${failed ? ' failed' : ''}${charged ? ' charged' : ''}`}
              style={{ left: `${Math.min(left, 99)}%`, width: `${Math.max(width, 1)}%` }}
            />
          </span>
          <span className="halo-call-tags">
            {cause && <em>{causes[cause]}</em>}
            {delivery === 'SHARED' && <em>shared</em>}
            {failed && <em className="failed">{failure ?? status}</em>}
            <span className={charged ? 'halo-charged' : undefined}>
              {charged ? '1 charged' : '0 charged'}
            </span>
            <span className="halo-call-ms">{ms === null ? 'not ended' : `${ms} ms`}</span>
          </span>
        </summary>
        <Facts {...call} />
      </details>
    </li>
  );
}

function Facts({ request, haloGuid, source, reason, statement, cached, startMs }: ExplainedCall) {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Request', request],
    ['Site', haloGuid],
    ['Source', source],
    ['Reason', reason],
    ['Cached', cached && `${cached.what}, ${cached.ageSeconds} s old`],
    ['Began', `after ${startMs} ms`],
  ];
  return (
    <>
      <dl>
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {statement && (
        <section aria-label="Statement, without values">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls has to be reachable by keyboard */}
          <pre tabIndex={0}>{statement}</pre>
        </section>
      )}
    </>
  );
}

const causes: Readonly<Record<NonNullable<ExplainedCall['cause']>, string>> = {
  RETRY: 'retry',
  SITE_REFUSED: 'after a 403',
  SITE_MOVED: 'on the new server',
  LIMIT_EXCEEDED: 'as async query',
};

function nameOf({ kind, source, cached }: ExplainedCall): string {
  if (cached) return `${cached.what}, cached`;
  return kind === null ? '' : kind === 'sql' && source === null ? 'SQL of the caller' : kinds[kind];
}

const kinds: Readonly<Record<NonNullable<ExplainedCall['kind']>, string>> = {
  sites: 'look-up of the site',
  site: 'look-up of the site',
  pairing: 'pairing',
  sql: 'SQL Passthrough',
  status: 'state of a query',
  result: 'result of a query',
  fhir: 'Bp Premier API',
  metadata: 'CapabilityStatement',
};
