import { Stop, type StopSignal } from './stop.ts';

/** How one asker takes part in a flight. */
export interface Seat<T> {
  readonly signal: AbortSignal;
  /** Asks upstream, on the flight's own signal: it is aborted when nobody waits any more. */
  start(signal: StopSignal): Promise<T>;
  /** Somebody else is already asking the same. */
  joined(): void;
  /** What this asker gets when its own signal is aborted. */
  abortedAs(reason: unknown): Error;
}

/** Shares what is being asked at this moment. Nothing is kept beyond the flight, least of all a failure. */
export interface Coalescer {
  share<T>(key: string, seat: Seat<T>): Promise<T>;
}

/** Whoever waits for a flight. */
interface Passenger {
  arrived(answer: unknown): void;
  failed(error: unknown): void;
}

interface Flight {
  readonly stop: Stop;
  /** Nobody once it has landed: a Map's outgrown tables, though garbage, keep what was in them, and with it any answer. */
  readonly aboard: Set<Passenger>;
}

export function createCoalescer(): Coalescer {
  const flights = new Map<string, Flight>();

  function forget(key: string, flight: Flight): void {
    if (flights.get(key) === flight) flights.delete(key);
  }

  function launch(key: string, start: (signal: StopSignal) => Promise<unknown>): Flight {
    const flight: Flight = { stop: new Stop(), aboard: new Set() };
    flights.set(key, flight);
    const land = (tell: (passenger: Passenger) => void) => {
      forget(key, flight);
      flight.aboard.forEach(tell);
      flight.aboard.clear();
    };
    start(flight.stop).then(
      (answer) => land((passenger) => passenger.arrived(answer)),
      (error: unknown) => land((passenger) => passenger.failed(error)),
    );
    return flight;
  }

  return {
    share<T>(key: string, seat: Seat<T>): Promise<T> {
      if (seat.signal.aborted) return Promise.reject(seat.abortedAs(seat.signal.reason));
      const joined = flights.get(key);
      if (joined) seat.joined();
      const flight = joined ?? launch(key, seat.start);
      return board<T>(flight, seat, () => forget(key, flight));
    },
  };
}

/** One asker's share of a flight. Leaving early harms nobody; the last one out stops it. */
function board<T>({ aboard, stop }: Flight, seat: Seat<T>, abandon: () => void): Promise<T> {
  const { signal } = seat;
  return new Promise<T>((resolve, reject) => {
    const passenger: Passenger = {
      arrived(answer) {
        signal.removeEventListener('abort', leave);
        resolve(answer as T);
      },
      failed(error) {
        signal.removeEventListener('abort', leave);
        reject(error);
      },
    };
    const leave = () => {
      reject(seat.abortedAs(signal.reason));
      aboard.delete(passenger);
      if (aboard.size > 0) return;
      abandon();
      stop.abort(signal.reason);
    };
    aboard.add(passenger);
    signal.addEventListener('abort', leave, { once: true });
  });
}
