import { GraphQLError } from 'graphql';
import type { SourcePreference } from '../datasources/domain/pms.ts';
import type { Price, Priceable } from '../price/price-of.ts';
import type { rememberPrices } from '../price/remembered-prices.ts';
import type { Operation } from './operation.ts';
import { documentErrors, type Refusal, refuse } from './refusal.ts';

export interface PriceLimit {
  /** Charged upstream calls that one operation may come to. */
  readonly most: number;
  readonly source: SourcePreference;
  /** How often an hour the book of a practice is looked at for its subscribers. @default 60 */
  readonly looksPerHour?: number;
}

/** Asks for the price, and for nothing else. */
const priceOnly = 'x-halo-price-only';
/** Of the fields that cost most, so many are named. */
const maxNamed = 5;

/**
 * What an operation can cost upstream is known before any of it is run: above the limit it is refused.
 * @returns whether it is to be executed: with the header `x-halo-price-only: true` the price is all that is answered
 */
export function checkPrice(
  operation: Operation,
  priceable: Priceable,
  viewerPractices: number,
  { most, of }: { readonly most: number; readonly of: ReturnType<typeof rememberPrices> },
): boolean {
  const price = priceOf(priceable, viewerPractices, of);
  if (operation.request.headers.get(priceOnly) === 'true') {
    operation.price = price;
    return false;
  }
  if (price.total > most) throw tooDear(price, most);
  return true;
}

/** If the condition of a directive is null, there is no price but an error of the variables. */
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

function tooDear({ total, byField }: Price, most: number): Refusal {
  const dearest = byField.toSorted((a, b) => b.charged - a.charged).slice(0, maxNamed);
  const named = dearest.map(({ path, charged }) => `${path} (${charged})`).join(', ');
  const message = `This operation can come to ${total} charged calls, and may to ${most}. Most of them: ${named}.`;
  return refuse('PRICE_TOO_HIGH', message, {}, { price: { total, most, byField: dearest } });
}
