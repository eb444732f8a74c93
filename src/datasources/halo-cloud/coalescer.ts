import { setMaxListeners } from 'node:events';

/** How one asker takes part in a flight. */
export interface Seat<T> {
  readonly signal: AbortSignal;
  /** Asks upstream, on the flight's own signal: it is aborted when nobody waits any more. */
  start(signal: AbortSignal): Promise<T>;
  /** Somebody else is already asking the same. */
  joined(): void;
  /** What this asker gets when its own signal is aborted. */
  abortedAs(reason: unknown): Error;
}

/** Shares what is being asked at this moment. Nothing is kept beyond the flight, least of all a failure. */
export interface Coalescer {
  share<T>(key: string, seat: Seat<T>): Promise<T>;
}

interface Flight {
  readonly outcome: Promise<unknown>;
  readonly controller: AbortController;
  waiting: number;
}

export function createCoalescer(): Coalescer {
  const flights = new Map<string, Flight>();

  function launch(key: string, start: (signal: AbortSignal) => Promise<unknown>): Flight {
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    const flight: Flight = { outcome: start(controller.signal), controller, waiting: 0 };
    flights.set(key, flight);
    const land = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.outcome.then(land, land);
    return flight;
  }

  return {
    share<T>(key: string, seat: Seat<T>): Promise<T> {
      if (seat.signal.aborted) return Promise.reject(seat.abortedAs(seat.signal.reason));
      let flight = flights.get(key);
      if (flight) seat.joined();
      else flight = launch(key, seat.start);
      return board<T>(flight, seat, () => {
        if (flights.get(key) === flight) flights.delete(key);
      });
    },
  };
}

/** One asker's share of a flight. Leaving early harms nobody; the last one out stops it. */
function board<T>(flight: Flight, seat: Seat<T>, abandon: () => void): Promise<T> {
  flight.waiting += 1;
  return new Promise<T>((resolve, reject) => {
    const leave = () => {
      const { reason } = seat.signal;
      reject(seat.abortedAs(reason));
      flight.waiting -= 1;
      if (flight.waiting > 0) return;
      abandon();
      flight.controller.abort(reason);
    };
    seat.signal.addEventListener('abort', leave, { once: true });
    const stay = () => seat.signal.removeEventListener('abort', leave);
    flight.outcome.then(
      (value) => {
        stay();
        resolve(value as T);
      },
      (error: unknown) => {
        stay();
        reject(error);
      },
    );
  });
}
