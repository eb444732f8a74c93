import { CredentialForm } from './credential-form.tsx';
import { explains, lastResponse } from './fetcher.ts';
import { Timeline } from './timeline.tsx';
import { useWrappedLines } from './use-wrapped-lines.ts';

/** Below the response: what it cost, its notices, its request id, and on request the calls behind it. */
export function CostPanel() {
  const last = lastResponse.use();
  useWrappedLines();
  return (
    <section className="halo-panel" aria-label="Cost of the last response">
      <CredentialForm />
      <div className="halo-summary">
        <output aria-live="polite">
          {last ? <Summary {...last} /> : 'Run a query: its cost appears here.'}
        </output>
        <ExplainToggle />
      </div>
      {last && <Details {...last} />}
    </section>
  );
}

type Last = NonNullable<ReturnType<typeof lastResponse.get>>;

function Summary({ halo: { cost, notices }, ms }: Last) {
  const saved = cost.saved.batched + cost.saved.coalesced + cost.saved.cached;
  return (
    <>
      <strong className="halo-charged">{cost.charged} charged</strong>
      <span>{counted(cost.calls, 'call')}</span>
      {cost.retries > 0 && <span>{counted(cost.retries, 'retry', 'retries')}</span>}
      {saved > 0 && <span title="By batches, shared calls and caches">{saved} saved</span>}
      <span>{ms} ms</span>
      <span className={notices.length > 0 ? 'halo-noticed' : undefined}>
        {counted(notices.length, 'notice')}
      </span>
    </>
  );
}

function Details({ halo: { notices, requestId, explain } }: Last) {
  return (
    <div className="halo-details">
      {notices.map(({ code, message, bpSiteId }) => (
        <p key={`${code} ${bpSiteId}`} className="halo-notice">
          <code>{code}</code> {message}
        </p>
      ))}
      <p className="halo-request">
        Request id <code>{requestId}</code>
      </p>
      {explain && <Timeline {...explain} />}
    </div>
  );
}

function ExplainToggle() {
  const isOn = explains.use();
  return (
    <label
      className="halo-explain"
      title="Sends x-halo-explain: true. The next response lists its upstream calls."
    >
      <input type="checkbox" checked={isOn} onChange={({ target }) => explains.set(target.checked)} />
      Explain
    </label>
  );
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
