import { type AskedOf, HaloError } from '../../errors.ts';

/** Notes on a failure, for the operator, whom it was that was asked. */
export async function nameAsked<T>(asked: AskedOf, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof HaloError) error.asked ??= asked;
    throw error;
  }
}
