import { hash } from 'node:crypto';
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { TakeBytes } from '../engine/executor.ts';
import { type Price, type Priceable, type PriceOptions, priceOfFitting } from './price-of.ts';
import type { VariablePart } from './reported-arguments.ts';

/** For the prices of one operation: hundreds if few of its fields have a price. */
const maxBytes = 64_000;

/** The parts of a variable that decide a price. */
interface DecidingVariable {
  /** Its whole value decides. */
  whole: boolean;
  /** Whether its text in a key can hold a value of the caller. */
  holdsValue: boolean;
  readonly parts: Map<string, VariablePart>;
}

/** One operation: the parts of its variables that decide its price, and its prices by their values. */
interface Known {
  readonly variables: Map<string, DecidingVariable>;
  readonly prices: LRUCache<string, Price>;
}

interface Remembered extends Priceable {
  /** Reserves memory for prices that are stored with the document. @default it always succeeds */
  readonly takeBytes?: TakeBytes;
}

/**
 * `priceOfFitting` with a cache: an operation has the same price while the variables that decide it have the same values.
 * Only digests of the values are kept, not even the latest values: those of a SQL statement can hold patient data.
 */
export function rememberPrices(
  schema: GraphQLSchema,
  source: PriceOptions['source'],
  checksPerHour?: number,
) {
  const operations = new WeakMap<OperationDefinitionNode, Known>();

  function knownOf({ operation, takeBytes = () => true }: Remembered): Known | undefined {
    let known = operations.get(operation);
    if (!known && takeBytes(maxBytes)) {
      known = { variables: new Map(), prices: new LRUCache({ maxSize: maxBytes, sizeCalculation: bytesOf }) };
      operations.set(operation, known);
    }
    return known;
  }

  return (priceable: Remembered, viewerPractices: number): Price => {
    const options = { source, viewerPractices, checksPerHour };
    const known = knownOf(priceable);
    if (!known) return priceOfFitting(schema, priceable, options);
    const remembered = known.prices.get(keyOf(priceable, known.variables, viewerPractices));
    if (remembered) return remembered;
    let isNew = false;
    const price = priceOfFitting(schema, priceable, options, (variable, part) => {
      if (note(known.variables, variable, part)) isNew = true;
    });
    // Earlier prices may depend on it too, and their keys do not contain it.
    if (isNew) known.prices.clear();
    known.prices.set(keyOf(priceable, known.variables, viewerPractices), price);
    return price;
  };
}

/** The approximate memory of an entry. */
const bytesOf = ({ byField }: Price, key: string): number =>
  byField.reduce((bytes, { path }) => bytes + path.length + 100, key.length + 200);

/** @returns whether this part of the variable was not known to decide */
function note(variables: Known['variables'], name: string, part: VariablePart | undefined): boolean {
  let deciding = variables.get(name);
  if (!deciding) {
    deciding = { whole: false, holdsValue: false, parts: new Map() };
    variables.set(name, deciding);
  }
  if (part ? deciding.parts.has(part.name) : deciding.whole) return false;
  if (part?.holdsValue ?? true) deciding.holdsValue = true;
  if (part) deciding.parts.set(part.name, part);
  else deciding.whole = true;
  return true;
}

/** Whether a variable is given can change which fields are executed, even if its value does not change the price. */
function keyOf({ variables }: Priceable, deciding: Known['variables'], viewerPractices: number): string {
  let text = String(viewerPractices);
  let holdsValues = false;
  for (const name in variables) {
    const value = variables[name];
    const matters = value === null ? undefined : deciding.get(name);
    if (matters?.holdsValue) holdsValues = true;
    text += `\n${name} ${matters ? textOf(value, matters) : value === null ? 'null' : 'given'}`;
  }
  return holdsValues ? hash('sha1', text, 'base64') : text;
}

function textOf(value: unknown, { whole, parts }: DecidingVariable): string {
  if (whole) return JSON.stringify(value);
  let text = '';
  for (const part of parts.values()) text += ` ${part.read(value)}`;
  return text;
}
