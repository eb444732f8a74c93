import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ConcurrencyLimit } from '../limits/concurrency-limit.ts';
import type { RateLimit, Verdict } from '../limits/rate-limit.ts';
import { stateOf } from './request-state.ts';

export interface CallerLimits {
  readonly rate: RateLimit;
  readonly concurrency: ConcurrencyLimit;
}

/** One caller's haste is nobody else's wait: refused before the body is read, with when to ask again. */
export function useCallerLimits({ rate, concurrency }: CallerLimits): Plugin {
  return {
    async onRequestParse({ request }) {
      const state = stateOf(request);
      const { caller } = state;
      if (!caller) return;
      const verdict: Verdict = state.counted ? { allowed: true } : await rate.take(caller.name);
      if (!verdict.allowed) {
        throw refusal(
          'CALLER_RATE_LIMITED',
          'Too many requests with this credential.',
          verdict.retryAfterSeconds,
        );
      }
      state.counted = true;
      state.leave ??= concurrency.enter(caller.name) ?? undefined;
      if (!state.leave) {
        throw refusal(
          'TOO_MANY_OPERATIONS',
          'Too many operations of this credential are running. Wait for some of them.',
          concurrency.retryAfterSeconds,
        );
      }
    },
    onResponse({ request }) {
      stateOf(request).leave?.();
    },
  };
}

function refusal(code: string, message: string, retryAfterSeconds: number): GraphQLError {
  const headers = { 'retry-after': String(retryAfterSeconds) };
  return new GraphQLError(message, { extensions: { code, http: { status: 429, headers } } });
}
