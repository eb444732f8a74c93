import { hash } from 'node:crypto';
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { TakeBytes } from '../engine/executor.ts';
import { type Price, type Priceable, type PriceOptions, priceOfFitting } from './price-of.ts';

/** For the prices of one operation: hundreds if few of its fields have a price. */
const maxBytes = 64_000;

/** One operation: the variables that decide its price, and its prices by their values. */
interface Known {
  readonly variables: Set<string>;
  readonly prices: LRUCache<string, Price>;
}

interface Remembered extends Priceable {
  /** Reserves memory for prices that are stored with the document. @default it always succeeds */
  readonly takeBytes?: TakeBytes;
}

/**
 * `priceOfFitting` with a cache: an operation has the same price while the variables that decide it have the same values.
 * Only digests of the values are kept.
 */
export function rememberPrices(schema: GraphQLSchema, source: PriceOptions['source'], looksPerHour?: number) {
  const operations = new WeakMap<OperationDefinitionNode, Known>();

  function knownOf({ operation, takeBytes = () => true }: Remembered): Known | undefined {
    let known = operations.get(operation);
    if (!known && takeBytes(maxBytes)) {
      known = { variables: new Set(), prices: new LRUCache({ maxSize: maxBytes, sizeCalculation: bytesOf }) };
      operations.set(operation, known);
    }
    return known;
  }

  return (priceable: Remembered, viewerPractices: number): Price => {
    const options = { source, viewerPractices, looksPerHour };
    const known = knownOf(priceable);
    if (!known) return priceOfFitting(schema, priceable, options);
    const remembered = known.prices.get(keyOf(priceable, known.variables, viewerPractices));
    if (remembered) return remembered;
    const before = known.variables.size;
    const price = priceOfFitting(schema, priceable, options, (variable) => known.variables.add(variable));
    // Earlier prices may depend on it too, and their keys do not contain it.
    if (known.variables.size > before) known.prices.clear();
    known.prices.set(keyOf(priceable, known.variables, viewerPractices), price);
    return price;
  };
}

/** The approximate memory of an entry. */
const bytesOf = ({ byField }: Price, key: string): number =>
  byField.reduce((bytes, { path }) => bytes + path.length + 100, key.length + 200);

/** Whether a variable is given can change which fields are executed, even if its value does not change the price. */
function keyOf({ variables }: Priceable, deciding: ReadonlySet<string>, viewerPractices: number): string {
  let text = String(viewerPractices);
  let holdsValues = false;
  for (const [name, value] of Object.entries(variables)) {
    const matters = value !== null && deciding.has(name);
    if (matters) holdsValues = true;
    text += `\n${name} ${matters ? JSON.stringify(value) : value === null ? 'null' : 'given'}`;
  }
  return holdsValues ? hash('sha1', text, 'base64') : text;
}
