import { Stop, type StopSignal } from '../../../lib/stop.ts';

/** What is asked. `text` may be long, and hold what is nobody's business: it is compared, and no key of anything. */
export interface Asking {
  /** Whom, and by which path: short. */
  readonly place: string;
  readonly text: string;
}

/** How one asker takes part in a flight. */
export interface Seat<T> {
  readonly signal: StopSignal;
  /** Asks upstream, on the flight's own signal: it is aborted when nobody waits any more. */
  start(signal: StopSignal): Promise<T>;
  /** Somebody else is already asking the same. */
  joined(): void;
  /** What this asker gets when its own signal is aborted. */
  abortedAs(reason: unknown): Error;
}

/** Shares what is being asked at this moment. Nothing is kept beyond the flight, least of all a failure. */
export interface Coalescer {
  share<T>(asking: Asking, seat: Seat<T>): Promise<T>;
}

/** Whoever waits for a flight. */
interface Passenger {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
  /** It leaves no more. */
  stay(): void;
}

interface Flight {
  readonly asking: Asking;
  readonly stop: Stop;
  /** Nobody once it has landed: a Map's outgrown tables, though garbage, keep what was in them, and with it any answer. */
  readonly aboard: Passenger[];
}

export function createCoalescer(): Coalescer {
  /** By place: seldom more than one. */
  const flights = new Map<string, Flight[]>();

  function find({ place, text }: Asking): Flight | undefined {
    return flights.get(place)?.find(({ asking }) => asking.text === text);
  }

  function forget(flight: Flight): void {
    const { place } = flight.asking;
    const there = flights.get(place);
    const index = there?.indexOf(flight) ?? -1;
    if (!there || index < 0) return;
    if (there.length === 1) flights.delete(place);
    else there.splice(index, 1);
  }

  function launch(asking: Asking, start: (signal: StopSignal) => Promise<unknown>): Flight {
    const flight: Flight = { asking, stop: new Stop(), aboard: [] };
    const there = flights.get(asking.place);
    if (there) there.push(flight);
    else flights.set(asking.place, [flight]);
    start(flight.stop).then(
      (answer) => land(flight, (passenger) => passenger.resolve(answer)),
      (error: unknown) => land(flight, (passenger) => passenger.reject(error)),
    );
    return flight;
  }

  function land(flight: Flight, tell: (passenger: Passenger) => void): void {
    forget(flight);
    for (const passenger of flight.aboard.splice(0)) {
      passenger.stay();
      tell(passenger);
    }
  }

  return {
    share<T>(asking: Asking, seat: Seat<T>): Promise<T> {
      if (seat.signal.aborted) return Promise.reject(seat.abortedAs(seat.signal.reason));
      const joined = find(asking);
      if (joined) seat.joined();
      const flight = joined ?? launch(asking, seat.start);
      return board(flight, seat, forget);
    },
  };
}

/** One asker's share of a flight. Leaving early harms nobody; the last one out stops it. */
function board<T>(flight: Flight, seat: Seat<T>, abandon: (flight: Flight) => void): Promise<T> {
  const { aboard, stop } = flight;
  const { signal } = seat;
  return new Promise<unknown>((resolve, reject) => {
    const leave = () => {
      reject(seat.abortedAs(signal.reason));
      aboard.splice(aboard.indexOf(passenger), 1);
      if (aboard.length > 0) return;
      abandon(flight);
      stop.abort(signal.reason);
    };
    const passenger: Passenger = {
      resolve,
      reject,
      stay: () => signal.removeEventListener('abort', leave),
    };
    aboard.push(passenger);
    signal.addEventListener('abort', leave);
  }) as Promise<T>;
}
