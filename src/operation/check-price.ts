import { GraphQLError } from 'graphql';
import type { SourcePreference } from '../datasources/domain/pms.ts';
import type { Price, Priceable } from '../price/price-of.ts';
import type { rememberPrices } from '../price/remembered-prices.ts';
import type { Operation } from './operation.ts';
import { documentErrors, type Refusal, refuse } from './refusal.ts';

export interface PriceLimit {
  /** Maximum price of one operation, in charged upstream calls. */
  readonly maxCharged: number;
  readonly source: SourcePreference;
  /** Number of polls of a practice's book for its subscribers in an hour. @default 60 */
  readonly checksPerHour?: number;
}

/** With this header, the server returns the operation's price and does not execute it. */
const priceOnly = 'x-halo-price-only';
/** The error names this many of the most expensive fields. */
const maxNamed = 5;

/**
 * Calculates the operation's price before it is executed. Refuses it when the price is above the limit.
 * @returns whether to execute the operation: false with the header `x-halo-price-only: true`
 */
export function checkPrice(
  operation: Operation,
  priceable: Priceable,
  viewerPractices: number,
  { maxCharged, of }: { readonly maxCharged: number; readonly of: ReturnType<typeof rememberPrices> },
): boolean {
  const price = priceOf(priceable, viewerPractices, of);
  if (operation.request.headers.get(priceOnly) === 'true') {
    operation.price = price;
    return false;
  }
  if (price.total > maxCharged) throw priceTooHigh(price, maxCharged);
  return true;
}

/** The price is unknown when the condition of a directive is null. That is the caller's error. */
function priceOf(
  priceable: Priceable,
  viewerPractices: number,
  of: ReturnType<typeof rememberPrices>,
): Price {
  try {
    return of(priceable, viewerPractices);
  } catch (error) {
    throw error instanceof GraphQLError ? documentErrors('BAD_USER_INPUT', [error]) : error;
  }
}

function priceTooHigh({ total, byField }: Price, maxCharged: number): Refusal {
  const highest = byField.toSorted((a, b) => b.charged - a.charged).slice(0, maxNamed);
  const named = highest.map(({ path, charged }) => `${path} (${charged})`).join(', ');
  const message = `This operation can cost ${total} charged calls. The limit is ${maxCharged}. Most of them: ${named}.`;
  return refuse('PRICE_TOO_HIGH', message, {}, { price: { total, most: maxCharged, byField: highest } });
}
