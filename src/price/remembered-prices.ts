import { hash } from 'node:crypto';
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { TakeBytes } from '../engine/executor.ts';
import { type Price, type Priceable, type PriceOptions, priceOfFitting } from './price-of.ts';

/** Of the prices of one operation: hundreds where few fields cost anything. */
const maxBytes = 64_000;

/** What is known of one operation: the variables that its price rests on, and prices by their values. */
interface Known {
  readonly variables: Set<string>;
  readonly prices: LRUCache<string, Price>;
}

interface Remembered extends Priceable {
  /** Room for prices among what is remembered of the document. @default there is always room */
  readonly takeBytes?: TakeBytes;
}

/**
 * `priceOfFitting` with a memory: the same operation with the same values of those variables that its price rests on costs the
 * same. Values are kept as digests alone.
 */
export function rememberPrices(schema: GraphQLSchema, source: PriceOptions['source']) {
  const operations = new WeakMap<OperationDefinitionNode, Known>();

  function knownOf({ operation, takeBytes = () => true }: Remembered): Known | undefined {
    let known = operations.get(operation);
    if (!known && takeBytes(maxBytes)) {
      known = { variables: new Set(), prices: new LRUCache({ maxSize: maxBytes, sizeCalculation: bytesOf }) };
      operations.set(operation, known);
    }
    return known;
  }

  return (asked: Remembered, viewerPractices: number): Price => {
    const options = { source, viewerPractices };
    const known = knownOf(asked);
    if (!known) return priceOfFitting(schema, asked, options);
    const remembered = known.prices.get(keyOf(asked, known.variables, viewerPractices));
    if (remembered) return remembered;
    const before = known.variables.size;
    const price = priceOfFitting(schema, asked, options, (variable) => known.variables.add(variable));
    // Prices that were remembered before may rest on it too, and their keys do not tell.
    if (known.variables.size > before) known.prices.clear();
    known.prices.set(keyOf(asked, known.variables, viewerPractices), price);
    return price;
  };
}

/** About what an entry takes. */
const bytesOf = ({ byField }: Price, key: string): number =>
  byField.reduce((bytes, { path }) => bytes + path.length + 100, key.length + 200);

/** Which variables there are at all decides what is run, whether or not their values decide what that costs. */
function keyOf({ variables }: Priceable, those: ReadonlySet<string>, viewerPractices: number): string {
  let text = String(viewerPractices);
  let holdsValues = false;
  for (const [name, value] of Object.entries(variables)) {
    const matters = value !== null && those.has(name);
    if (matters) holdsValues = true;
    text += `\n${name} ${matters ? JSON.stringify(value) : value === null ? 'null' : 'given'}`;
  }
  return holdsValues ? hash('sha1', text, 'base64') : text;
}
