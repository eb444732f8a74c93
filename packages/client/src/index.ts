export * from './errors.ts';
export * from './extensions.ts';
export * from './generated/errors.ts';
export { possibleTypes } from './generated/possible-types.ts';
export { unwrap } from './unwrap.ts';
