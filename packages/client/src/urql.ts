/** Settings for urql 6 core with Graphcache. */
import { type Exchange, mapExchange } from '@urql/core';
import type { CacheExchangeOpts } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { connections, embeddedTypes } from './generated/cache-keys.ts';
import { introspection } from './generated/introspection.ts';
import { keyOfEdge, updateBook } from './graphcache-book.ts';

/** For `new Client({ url, exchanges, ...haloClientOptions })`: variables, which can name patients, stay out of URLs. */
export const haloClientOptions = { preferGetMethod: false } as const;

/**
 * For `cacheExchange(haloCacheOptions)`. Pages of a connection are joined. Objects without an `id` are stored in
 * their parents. A booking, a move or a cancellation changes the `appointmentsConnection` lists of its practice
 * without another request, if the operation selects the `edge`, or `cancelledAppointmentId` and `appointment`, with
 * `practice { id }`, as `BookIntoList`, `MoveInList` and `CancelInList` do.
 */
export const haloCacheOptions: Partial<CacheExchangeOpts> = {
  schema: introspection,
  keys: {
    ...Object.fromEntries(embeddedTypes.map((type) => [type, () => null])),
    AppointmentEdge: keyOfEdge,
  },
  resolvers: resolvers(),
  updates: {
    Mutation: { bookAppointment: updateBook, moveAppointment: updateBook, cancelAppointment: updateBook },
  },
};

/** Maximum number of operations whose results are stored. */
const maxAnswers = 100;

/**
 * Keeps the data on the screen if a poll fails: the result has the error, and the data of the last successful
 * response. Place it after the cache: `exchanges: [cacheExchange(haloCacheOptions), keepDataExchange(),
 * fetchExchange]`.
 */
export function keepDataExchange(): Exchange {
  const answers = new Map<number, unknown>();
  return mapExchange({
    onResult(result) {
      const { key, kind } = result.operation;
      if (kind !== 'query') return result;
      if (result.error) return answers.has(key) ? { ...result, data: answers.get(key) } : result;
      answers.delete(key);
      answers.set(key, result.data);
      const [oldest] = answers.keys();
      if (answers.size > maxAnswers && oldest !== undefined) answers.delete(oldest);
      return result;
    },
  });
}

function resolvers(): NonNullable<CacheExchangeOpts['resolvers']> {
  const byType: Record<string, Record<string, ReturnType<typeof relayPagination>>> = {};
  for (const { type, field } of connections) byType[type] = { ...byType[type], [field]: relayPagination() };
  return byType;
}
