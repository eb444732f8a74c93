/** The interface of the executor: the only file of it that the rest of the server imports. */
import { jsonPieces as piecesOf } from './executor/json-bytes.ts';
import { preparePlainOperation } from './executor/plain-operation.ts';
import { prepareOperation as prepareCompilable } from './executor/prepare-operation.ts';
import type { PrepareOperation } from './executor/prepared-operation.ts';
import { engineOn } from './switch.ts';

export { noteParentOnly } from './executor/parent-only.ts';
export type { WrapResolver } from './executor/plan.ts';
export type { PreparedOperation, TakeBytes } from './executor/prepared-operation.ts';

/** Prepares an operation of a valid document, to execute it any number of times. */
export const prepareOperation: PrepareOperation = engineOn ? prepareCompilable : preparePlainOperation;

/** A result as JSON, in pieces that make one text together. */
export const jsonPieces: typeof piecesOf = engineOn ? piecesOf : (result) => [JSON.stringify(result)];
