import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { SourcePreference } from '../datasources/choose-source.ts';
import type { Price } from '../price/price-of.ts';
import type { rememberPrices } from '../price/remembered-prices.ts';
import { stateOf } from './request-state.ts';

export interface PriceLimit {
  /** Charged upstream calls that one operation may come to. */
  readonly most: number;
  readonly source: SourcePreference;
}

/** Asks for the price, and for nothing else. */
export const priceOnly = 'x-halo-price-only';
/** Of the fields that cost most, so many are named. */
const mostNamed = 5;

/**
 * What an operation can cost upstream is known before any of it is run: above the limit it is refused, and with the header
 * `x-halo-price-only: true` the price is all that is answered, in `extensions.halo.price`.
 */
export function usePriceLimit(most: number, priceOf: ReturnType<typeof rememberPrices>): Plugin {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const { request } = args.contextValue;
      const state = stateOf(request);
      if (!state.prepared) return;
      const { operation, variables } = state.prepared;
      const price = priceOf({ ...operation, variables }, state.context?.listed.length ?? 0);
      if (request.headers.get(priceOnly) === 'true') {
        state.price = price;
        setResultAndStopExecution({ data: null });
      } else if (price.total > most) {
        setResultAndStopExecution({ errors: [tooDear(price, most)] });
      }
    },
  };
}

function tooDear({ total, byField }: Price, most: number): GraphQLError {
  const dearest = byField.toSorted((a, b) => b.charged - a.charged).slice(0, mostNamed);
  return new GraphQLError(
    `This operation can come to ${total} charged calls, and may to ${most}. Most of them: ${dearest
      .map(({ path, charged }) => `${path} (${charged})`)
      .join(', ')}.`,
    {
      extensions: { code: 'PRICE_TOO_HIGH', http: { status: 400 }, price: { total, most, byField: dearest } },
    },
  );
}
