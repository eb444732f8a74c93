/** Keeps the book of a day in the query cache up to date by a subscription. Its first event is the whole book. */
import { useQueryClient } from '@tanstack/react-query';
import { print } from 'graphql';
import { createClient } from 'graphql-sse';
import { useEffect, useState } from 'react';
import { countCost, headers, url, useSettings } from './api.ts';
import { type BookEntryFragment, LiveBookDocument, type LiveBookSubscription } from './gql/graphql.ts';

const reconnectMs = 5_000;
const query = print(LiveBookDocument);

export interface LiveBook {
  /** `closed`: no stream is open, so the book is polled. */
  readonly stream: 'connecting' | 'live' | 'closed';
  /** Why the book may be out of date. */
  readonly gap: string | undefined;
}

const connecting: LiveBook = { stream: 'connecting', gap: undefined };

export function useLiveBook(queryKey: readonly unknown[], bpSiteId: string, date: string): LiveBook {
  const queries = useQueryClient();
  const { key, fault } = useSettings();
  const [state, setState] = useState<LiveBook>(connecting);
  const cacheKey = JSON.stringify(queryKey);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another credential or fault opens another stream
  useEffect(() => {
    const events = createClient({ url, headers });
    let closed = false;
    let stop = () => {};
    let timer: ReturnType<typeof setTimeout> | undefined;

    function apply(change: (shown: readonly BookEntryFragment[]) => BookEntryFragment[]): void {
      queries.setQueryData<readonly BookEntryFragment[]>(JSON.parse(cacheKey), (shown) =>
        change(shown ?? []),
      );
    }

    function show({ appointmentBook: event }: LiveBookSubscription): void {
      if (event.__typename === 'AppointmentBookSnapshot') {
        apply(() => [...event.appointments]);
        setState({ stream: 'live', gap: undefined });
      } else if (event.__typename === 'AppointmentBookChanged') {
        apply((shown) => withChanges(shown, event.changes, date));
      } else if (event.__typename === 'AppointmentBookGap') {
        setState({ stream: 'live', gap: event.message });
      } else {
        setState({ stream: 'closed', gap: event.message });
      }
    }

    function connect(): void {
      if (closed) return;
      stop = events.subscribe<LiveBookSubscription>(
        { query, variables: { bpSiteId, date } },
        {
          next: ({ data, extensions }) => {
            countCost(extensions);
            if (data) show(data);
          },
          error: connectAgain,
          complete: connectAgain,
        },
      );
    }

    /** Without a cursor: the stream then begins with a snapshot. */
    function connectAgain(): void {
      if (closed) return;
      setState(({ gap }) => ({ stream: 'closed', gap }));
      timer = setTimeout(connect, reconnectMs);
    }

    setState(connecting);
    connect();
    return () => {
      closed = true;
      clearTimeout(timer);
      stop();
    };
  }, [queries, cacheKey, bpSiteId, date, key, fault]);
  return state;
}

/** Each changed appointment is shown if it is on this day and not cancelled, else removed. */
function withChanges(
  shown: readonly BookEntryFragment[],
  changes: readonly { readonly appointment: BookEntryFragment }[],
  date: string,
): BookEntryFragment[] {
  const byId = new Map(shown.map((each) => [each.id, each]));
  for (const { appointment } of changes) {
    if (appointment.status !== 'CANCELLED' && appointment.start.startsWith(date))
      byId.set(appointment.id, appointment);
    else byId.delete(appointment.id);
  }
  return [...byId.values()].sort((a, b) => a.start.localeCompare(b.start));
}
