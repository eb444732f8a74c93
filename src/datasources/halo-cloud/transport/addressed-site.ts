import { type AskedOf, HaloError } from '../../../errors.ts';
import { NoAnswer } from '../../practice/write-port.ts';

/** Notes on a failure, for the operator, whom it was that was asked. */
export async function addressedSite<T>(asked: AskedOf, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const failure = error instanceof NoAnswer ? error.cause : error;
    if (failure instanceof HaloError) failure.asked ??= asked;
    throw error;
  }
}
