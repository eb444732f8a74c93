import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { change, client, codeOf, messageOf, useSettings } from './api.ts';
import { BookingDialog } from './BookingDialog.tsx';
import { DayBook } from './DayBook.tsx';
import { PracticesDocument } from './gql/graphql.ts';
import { addDays, longDate, nowAt } from './time.ts';

const faults = ['offline', 'unreachable', 'moved', '429', 'late-3000'];

export function App() {
  const [bpSiteId, setBpSiteId] = useState<string>();
  const [date, setDate] = useState(() => nowAt('Australia/Sydney').date);
  const [booking, setBooking] = useState(false);
  const { key, fault, charged, lastCharged } = useSettings();
  const queries = useQueryClient();
  const practices = useQuery({
    queryKey: ['practices', key],
    queryFn: ({ signal }) => client.request({ document: PracticesDocument, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (codeOf(practices.error) === 'UNAUTHENTICATED') return <SignIn />;
  if (practices.isError) return <p role="alert">{messageOf(practices.error)}</p>;
  const listed = practices.data?.viewer.practices ?? [];
  const chosen = bpSiteId ?? listed[0]?.bpSiteId;
  function breakSandbox(name: string) {
    change({ fault: name });
    void queries.invalidateQueries({ queryKey: ['book'] });
  }
  return (
    <>
      <header>
        <h1>Reception</h1>
        <label>
          Practice
          <select value={chosen ?? ''} onChange={(event) => setBpSiteId(event.target.value)}>
            {listed.map((practice) => (
              <option key={practice.id} value={practice.bpSiteId}>
                {practice.name ?? practice.bpSiteId}
              </option>
            ))}
          </select>
        </label>
        <div className="dates">
          <button type="button" aria-label="Day before" onClick={() => setDate(addDays(date, -1))}>
            ‹
          </button>
          <label>
            Date
            <input
              type="date"
              required
              value={date}
              onChange={(event) => event.target.value && setDate(event.target.value)}
            />
          </label>
          <button type="button" aria-label="Day after" onClick={() => setDate(addDays(date, 1))}>
            ›
          </button>
        </div>
        <button type="button" className="main" disabled={!chosen} onClick={() => setBooking(true)}>
          New booking
        </button>
        <label>
          Sandbox fault
          <select value={fault} onChange={(event) => breakSandbox(event.target.value)}>
            <option value="">none</option>
            {faults.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <p className="cost">
          Charged calls: <output>{charged}</output> (last answer: {lastCharged})
        </p>
      </header>
      <main>
        <h2>{longDate(date)}</h2>
        {chosen && <DayBook bpSiteId={chosen} date={date} />}
        {chosen && booking && (
          <BookingDialog bpSiteId={chosen} shownDate={date} onClose={() => setBooking(false)} />
        )}
      </main>
    </>
  );
}

function SignIn() {
  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    change({ key: String(new FormData(event.currentTarget).get('key')) });
  }
  return (
    <main>
      <h1>Reception</h1>
      <form onSubmit={send}>
        <label>
          API key
          <input name="key" type="password" autoComplete="off" required />
        </label>
        <button type="submit" className="main">
          Sign in
        </button>
      </form>
    </main>
  );
}
