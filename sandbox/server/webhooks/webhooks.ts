import { randomUUID } from 'node:crypto';
import { type SignedWebhook, sign, stamp } from './signed.ts';
import type { WebhookFault } from './webhook-faults.ts';

/** A query that has a new result. */
export interface CompletedQuery {
  /** The Halo GUID. */
  readonly siteId: string;
  readonly queryId: string;
  readonly webhookSource: 'async' | 'registered';
}

/** An attempt that came to an end. */
export interface Attempt {
  readonly id: string;
  readonly queryId: string;
  /** Null: no response. */
  readonly status: number | null;
}

const maxAttempts = 10;
const attemptMs = 5_000;
const maxPauseMs = 20 * 60_000;
/** How long a reordered webhook waits for the next one. */
const reorderMs = 1_000;
const lateMs = 6 * 60_000;

/**
 * Halo Cloud's webhooks (facts 4): ids only, ten attempts, each with its own timestamp and signature. The pause between two
 * attempts is random, between `retryMs` and three times the pause before it.
 */
export class Webhooks {
  readonly attempts: Attempt[] = [];
  fault: WebhookFault | null = null;
  #target: { readonly url: string; readonly secret: string } | null = null;
  #held: CompletedQuery[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #retryMs: number;

  constructor(retryMs = 5_000) {
    this.#retryMs = retryMs;
  }

  get isOn(): boolean {
    return this.#target !== null;
  }

  /** Null: no webhooks. */
  sendTo(target: { readonly url: string; readonly secret: string } | null): void {
    this.#target = target;
  }

  /** Sends a webhook, as the fault in force lets it. */
  completed(query: CompletedQuery): void {
    const { fault } = this;
    if (!this.#target || fault === 'lose') return;
    if (fault === 'reorder') this.#reorder(query);
    else if (typeof fault === 'object' && fault !== null) this.#later(fault.delayMs, () => this.#send(query));
    else this.#send(query);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#target = null;
  }

  #reorder(query: CompletedQuery): void {
    this.#held.unshift(query);
    const sendHeld = () => {
      for (const held of this.#held.splice(0)) this.#send(held);
    };
    if (this.#held.length > 1) sendHeld();
    else this.#later(reorderMs, sendHeld);
  }

  #send(query: CompletedQuery): void {
    const { fault } = this;
    const id = randomUUID();
    const content = { id, occurredAt: stamp(Date.now()), ...query };
    const body = JSON.stringify(fault === 'oversize' ? { ...content, padding: ' '.repeat(20_000) } : content);
    const signed = (): SignedWebhook => {
      const secret = this.#target?.secret ?? '';
      return sign(
        id,
        body,
        fault === 'forge' ? `${secret}x` : secret,
        Date.now() - (fault === 'late' ? lateMs : 0),
      );
    };
    void this.#attempt(id, query.queryId, signed, 1, this.#retryMs);
    if (fault === 'duplicate') void this.#attempt(id, query.queryId, signed, 1, this.#retryMs);
    const same = signed();
    if (fault === 'replay')
      this.#later(reorderMs, () => this.#attempt(id, query.queryId, () => same, maxAttempts, 0));
  }

  async #attempt(
    id: string,
    queryId: string,
    signed: () => SignedWebhook,
    attempt: number,
    pauseMs: number,
  ): Promise<void> {
    if (!this.#target) return;
    const { body, headers } = signed();
    const signal = AbortSignal.timeout(attemptMs);
    const status = await fetch(this.#target.url, {
      method: 'POST',
      body,
      headers,
      signal,
      redirect: 'error',
    }).then(
      (response) => response.body?.cancel().then(() => response.status) ?? response.status,
      () => null,
    );
    this.attempts.push({ id, queryId, status });
    const again = status === null || status >= 500 || status === 408 || status === 429;
    if (!again || attempt === maxAttempts) return;
    const nextPauseMs = Math.min(maxPauseMs, pauseMs + Math.random() * 2 * pauseMs);
    this.#later(pauseMs, () => this.#attempt(id, queryId, signed, attempt + 1, nextPauseMs));
  }

  #later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }
}
