/** The interface of the executor. The rest of the server imports only this file of it. */
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

/** Serialises a result to JSON, in several pieces. */
export const jsonPieces: typeof piecesOf = engineOn ? piecesOf : (result) => [JSON.stringify(result)];
