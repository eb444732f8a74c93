import { hash } from 'node:crypto';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type Price, type Priceable, type PriceOptions, priceOfFitting } from './price-of.ts';

/** Prices kept of one operation. */
const mostPrices = 200;

/** What is known of one operation: the variables that its price rests on, and prices by their values. */
interface Known {
  readonly variables: Set<string>;
  readonly prices: LRUCache<string, Price>;
}

/**
 * `priceOfFitting` with a memory: the same operation with the same values of those variables that its price rests on costs the
 * same. Values are kept as digests alone.
 */
export function rememberPrices(schema: GraphQLSchema, source: PriceOptions['source']) {
  const documents = new WeakMap<DocumentNode, Map<OperationDefinitionNode, Known>>();

  function knownOf({ document, operation }: Priceable): Known {
    const operations = documents.get(document) ?? new Map<OperationDefinitionNode, Known>();
    documents.set(document, operations);
    const known = operations.get(operation) ?? {
      variables: new Set<string>(),
      prices: new LRUCache<string, Price>({ max: mostPrices }),
    };
    operations.set(operation, known);
    return known;
  }

  return (asked: Priceable, viewerPractices: number): Price => {
    const known = knownOf(asked);
    const remembered = known.prices.get(keyOf(asked, known.variables, viewerPractices));
    if (remembered) return remembered;
    const before = known.variables.size;
    const price = priceOfFitting(schema, asked, { source, viewerPractices }, (variable) =>
      known.variables.add(variable),
    );
    // Prices that were remembered before may rest on it too, and their keys do not tell.
    if (known.variables.size > before) known.prices.clear();
    known.prices.set(keyOf(asked, known.variables, viewerPractices), price);
    return price;
  };
}

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
