/** The book of a day, a column for each doctor. Live; polled while no stream is open. When it may be out of date, it stays under a banner. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AppointmentDialog } from './AppointmentDialog.tsx';
import { client, messageOf, useSettings } from './api.ts';
import { type BookEntryFragment, ColumnsDocument, DayBookDocument } from './gql/graphql.ts';
import { clock, nowAt, wallMinutes, wallTime } from './time.ts';
import { useLiveBook } from './useLiveBook.ts';

const pollMs = 60_000;
/** How old the columns may be. */
const columnsMs = 300_000;
/** Of the grid, in minutes since midnight, when the book has nothing earlier or later. */
const usualDay = { opens: 8 * 60, closes: 18 * 60 };

export function DayBook({ bpSiteId, date }: { bpSiteId: string; date: string }) {
  const [openId, setOpenId] = useState<string>();
  const { key } = useSettings();
  const queryKey = ['book', bpSiteId, date, key];
  const { stream, gap } = useLiveBook(queryKey, bpSiteId, date);
  const columnsOfPractice = useQuery({
    queryKey: ['columns', bpSiteId, key],
    queryFn: ({ signal }) => client.request({ document: ColumnsDocument, variables: { bpSiteId }, signal }),
    staleTime: columnsMs,
  });
  // The stream brings the whole book: a read beside it would be charged too.
  const { data, error, isPending, dataUpdatedAt } = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<readonly BookEntryFragment[]> => {
      const variables = { bpSiteId, date };
      const { viewer } = await client.request({ document: DayBookDocument, variables, signal });
      return viewer.practice?.appointmentsConnection?.nodes ?? [];
    },
    enabled: stream === 'closed',
    refetchInterval: pollMs,
  });
  if (isPending && !gap) return <p>Reading the book …</p>;
  const practice = columnsOfPractice.data?.viewer.practice;
  const appointments = data ?? [];
  const columns = columnsOf(practice?.usersConnection?.nodes ?? [], appointments);
  const opens = Math.min(usualDay.opens, ...appointments.map(({ start }) => wallMinutes(start)));
  const closes = Math.max(
    usualDay.closes,
    ...appointments.map((each) => wallMinutes(each.start) + each.durationMinutes),
  );
  const now = practice ? nowAt(practice.timeZone) : undefined;
  const opened = appointments.find(({ id }) => id === openId);
  return (
    <>
      {(error || gap) && (
        <p role="alert" className="banner">
          {gap ?? messageOf(error)}
          {data && ` This is the book as of ${new Date(dataUpdatedAt).toLocaleTimeString('en-AU')}.`}
        </p>
      )}
      {data && appointments.length === 0 && <p>No appointments on this day.</p>}
      <div className="book">
        {columns.map(({ id, name, entries }) => (
          <section key={id} aria-label={name}>
            <h3>{name}</h3>
            <ol style={{ '--minutes': closes - opens } as React.CSSProperties}>
              {hoursBetween(opens, closes).map((at) => (
                <li key={at} aria-hidden className="hour" style={place(at - opens)}>
                  {clock(at)}
                </li>
              ))}
              {entries.map((entry) => (
                <li
                  key={entry.id}
                  className="entry"
                  style={place(wallMinutes(entry.start) - opens, entry.durationMinutes)}
                >
                  <button type="button" data-status={entry.status} onClick={() => setOpenId(entry.id)}>
                    <time dateTime={entry.start}>{wallTime(entry.start)}</time>{' '}
                    <span className="name">{entry.patient?.fullName ?? 'Patient not known'}</span>{' '}
                    <span className="status">{entry.pmsStatus ?? entry.status}</span>
                  </button>
                </li>
              ))}
              {now?.date === date && now.minutes >= opens && now.minutes <= closes && (
                <li aria-hidden className="now" style={place(now.minutes - opens)} />
              )}
            </ol>
          </section>
        ))}
      </div>
      {opened && (
        <AppointmentDialog bpSiteId={bpSiteId} appointment={opened} onClose={() => setOpenId(undefined)} />
      )}
    </>
  );
}

const place = (from: number, minutes?: number) =>
  ({ '--from': from, ...(minutes && { '--length': minutes }) }) as React.CSSProperties;

function hoursBetween(opens: number, closes: number): number[] {
  const first = Math.ceil(opens / 60);
  return Array.from({ length: Math.floor(closes / 60) - first + 1 }, (_, at) => (first + at) * 60);
}

interface Column {
  readonly id: string;
  readonly name: string;
  readonly entries: BookEntryFragment[];
}

/** A column for each user who takes appointments, and one for those whose user is not known. */
function columnsOf(
  users: readonly { id: string; displayName: string }[],
  appointments: readonly BookEntryFragment[],
): Column[] {
  const columns = new Map<string, Column>(
    users.map(({ id, displayName }) => [id, { id, name: displayName, entries: [] }]),
  );
  for (const entry of appointments) {
    const { id, displayName } = entry.user ?? { id: 'unknown', displayName: 'Not known' };
    const column = columns.get(id) ?? { id, name: displayName, entries: [] };
    columns.set(id, column);
    column.entries.push(entry);
  }
  return [...columns.values()];
}
