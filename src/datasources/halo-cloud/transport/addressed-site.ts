import { type AddressedSite, HaloError } from '../../../errors.ts';
import { NoAnswer } from '../../practice/write-port.ts';

/** Adds the addressed site to the error of a failed call, for the log. */
export async function withAddressedSite<T>(site: AddressedSite, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const failure = error instanceof NoAnswer ? error.cause : error;
    if (failure instanceof HaloError) failure.addressedSite ??= site;
    throw error;
  }
}
