import { HaloGraphError } from './errors.ts';
import {
  type HaloErrorCode,
  type HaloErrorDetails,
  type HaloErrorTypeName,
  haloErrorTypes,
} from './generated/errors.ts';

interface Member {
  readonly __typename?: string | undefined;
}

/** The members of a union that are the thing itself. */
type Thing<Result extends Member> = Exclude<Result, { readonly __typename: HaloErrorTypeName }>;

const codes = new Map<string, HaloErrorCode>(
  Object.entries(haloErrorTypes).map(([code, type]) => [type, code as HaloErrorCode]),
);

/**
 * The thing of a union such as `AppointmentsResult`. Throws HaloGraphError where the answer is one of its errors. The
 * operation must select `__typename`, and `message`, `code` and `retryable` of `HaloError`; a field it does not select
 * is not in `details`.
 */
export function unwrap<Result extends Member>(result: Result): Thing<Result> {
  const code = codes.get(result.__typename ?? '');
  if (code === undefined) return result as Thing<Result>;
  const { __typename: type, message, ...fields } = result as Member & Readonly<Record<string, unknown>>;
  const details = { retryable: false, ...fields, code, type } as unknown as HaloErrorDetails;
  throw new HaloGraphError(typeof message === 'string' ? message : `${type}: ${code}`, details);
}
