import { useQuery } from '@tanstack/react-query';
import { client, messageOf } from './api.ts';
import { FreeTimesDocument, type FreeTimesQuery } from './gql/graphql.ts';
import { wallTime } from './time.ts';

export interface FreeTime {
  readonly start: string;
  readonly durationMinutes: number;
  readonly userId: string;
  readonly userName: string;
}

interface FreeTimesProps {
  readonly bpSiteId: string;
  readonly date: string;
  readonly userId?: string;
  readonly chosen: FreeTime | undefined;
  readonly onChoose: (time: FreeTime) => void;
}

export const freeTimesKey = 'free times';

/** The free times of a day, to choose one; read each time, never remembered. */
export function FreeTimes({ bpSiteId, date, userId, chosen, onChoose }: FreeTimesProps) {
  const { data, error, isPending } = useQuery({
    queryKey: [freeTimesKey, bpSiteId, date, userId],
    queryFn: ({ signal }) =>
      client.request({ document: FreeTimesDocument, variables: { bpSiteId, date, userId }, signal }),
    staleTime: 0,
  });
  if (isPending) return <p>Looking for free times …</p>;
  if (error) return <p role="alert">{messageOf(error)}</p>;
  const found = readTimes(data);
  if (typeof found === 'string') return <p role="alert">{found}</p>;
  return (
    <fieldset className="times">
      <legend>Free times</legend>
      {found.map((time) => (
        <label key={`${time.start} ${time.userId}`}>
          <input
            type="radio"
            name="time"
            checked={chosen?.start === time.start && chosen.userId === time.userId}
            onChange={() => onChoose(time)}
          />
          {wallTime(time.start)} {time.userName}
        </label>
      ))}
    </fieldset>
  );
}

/** The times, or the sentence that says why there are none. */
function readTimes({ practice }: FreeTimesQuery): FreeTime[] | string {
  if (practice.__typename !== 'Practice') return practice.message;
  const { availableSlots: found } = practice;
  if (found.__typename !== 'AvailableSlots') return found.message;
  if (found.slots.length === 0) return `No free time: ${reasons[found.emptyBecause ?? 'NO_MATCH']}.`;
  return found.slots.flatMap(({ start, durationMinutes, user }) =>
    user ? [{ start, durationMinutes, userId: user.id, userName: user.displayName }] : [],
  );
}

const reasons = {
  NO_MATCH: 'no user works then',
  FULLY_BOOKED: 'the day is full',
  USER_AWAY: 'the doctor is away',
  NO_SESSION: 'there is no session on this day',
  CLINIC_CLOSED: 'the practice is closed',
} as const;
