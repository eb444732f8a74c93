import type { Authenticator } from '../auth/authenticator.ts';
import type { Caller } from '../auth/caller.ts';
import { CannotCheck } from '../auth/cannot-check.ts';
import { Unauthenticated } from '../auth/unauthenticated.ts';
import type { OperationRequest } from './operation.ts';

/** Milliseconds between two checks of a credential. A stream ends within five seconds after its credential is revoked. */
const checkEveryMs = 3_000;
/** A credential that cannot be checked keeps its last state for this long. */
const maxUncheckedMs = 60_000;

/** Called when a credential has changed, with the current caller or the authenticator's error. */
type OnChange = (now: Caller | { readonly error: unknown }) => void;

interface Checked {
  readonly request: OperationRequest;
  readonly caller: Caller;
  readonly subscribers: Set<OnChange>;
  checkedAt: number;
}

/** Checks the credentials of open subscriptions periodically. Subscriptions with the same credential share one check. */
export class CredentialChecks {
  readonly #authenticate: Authenticator;
  readonly #clock: () => number;
  readonly #credentials = new Map<string, Checked>();
  #timer: NodeJS.Timeout | undefined;

  constructor(authenticate: Authenticator, clock: () => number = Date.now) {
    this.#authenticate = authenticate;
    this.#clock = clock;
  }

  /** Returns a function that ends the checks. */
  watch(request: OperationRequest, caller: Caller, onChange: OnChange): () => void {
    const key = JSON.stringify([
      request.headers.get('authorization'),
      caller.name,
      caller.subject,
      caller.scopes,
      caller.practices,
    ]);
    let checked = this.#credentials.get(key);
    if (!checked) {
      checked = { request, caller, subscribers: new Set(), checkedAt: this.#clock() };
      this.#credentials.set(key, checked);
    }
    const { subscribers } = checked;
    subscribers.add(onChange);
    this.#timer ??= setInterval(() => void this.check(), checkEveryMs).unref();
    return () => {
      if (!subscribers.delete(onChange) || subscribers.size > 0) return;
      if (this.#credentials.get(key)?.subscribers === subscribers) this.#credentials.delete(key);
      if (this.#credentials.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  /** The number of distinct credentials. */
  get size(): number {
    return this.#credentials.size;
  }

  /** Never rejects. */
  async check(): Promise<void> {
    await Promise.all([...this.#credentials.values()].map((checked) => this.#check(checked)));
  }

  async #check(checked: Checked): Promise<void> {
    let change: Parameters<OnChange>[0];
    try {
      // New requests are accepted for some seconds longer, because the clock of the identity provider can be behind.
      if (this.#clock() >= (checked.caller.expiresAt ?? Number.POSITIVE_INFINITY))
        throw Unauthenticated.expired();
      const now = await this.#authenticate(checked.request);
      checked.checkedAt = this.#clock();
      if (isSame(now, checked.caller)) return;
      change = now;
    } catch (error) {
      if (error instanceof CannotCheck && this.#clock() - checked.checkedAt < maxUncheckedMs) return;
      change = { error };
    }
    for (const onChange of [...checked.subscribers]) onChange(change);
  }
}

function isSame(a: Caller, b: Caller): boolean {
  const rights = ({ name, subject, scopes, practices }: Caller) =>
    JSON.stringify([name, subject, [...scopes].sort(), practices === 'all' ? 'all' : [...practices].sort()]);
  return rights(a) === rights(b);
}
