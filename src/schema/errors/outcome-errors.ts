/** Errors about the input, and about what became of a request. */
import {
  InvalidInput,
  type InputIssue as Issue,
  NotFound,
  OutcomeUnknown,
  SlotTaken,
  UpstreamFailed,
} from '../../errors.ts';
import { builder } from '../builder/builder.ts';
import { interfaces } from './error-interface.ts';

const InputIssueRef = builder.objectRef<Issue>('InputIssue').implement({
  description: 'One problem with the arguments of a field.',
  fields: (t) => ({
    path: t.field({
      type: ['String'],
      nullable: { list: false, items: false },
      description: 'The path of the argument, such as `["search", "birthDate"]`. List indexes start at 0.',
      resolve: (issue) => issue.path,
    }),
    message: t.exposeString('message', {
      nullable: false,
      description: 'Text for the person who entered the value. It never contains the value.',
    }),
  }),
});

builder.objectType(InvalidInput, {
  name: 'InvalidInput',
  description:
    'Some arguments are invalid, or refer to something that the practice does not have. Nothing was changed.',
  interfaces,
  fields: (t) => ({
    issues: t.expose('issues', {
      type: [InputIssueRef],
      nullable: { list: false, items: false },
      description: 'All problems that were found.',
    }),
  }),
});

builder.objectType(NotFound, {
  name: 'NotFound',
  description: 'The requested object does not exist at the practice or in Halo Cloud.',
  interfaces,
});

builder.objectType(SlotTaken, {
  name: 'SlotTaken',
  description: 'Another appointment overlaps this time. Nothing was changed. Fetch the free slots again.',
  interfaces,
});

builder.objectType(OutcomeUnknown, {
  name: 'OutcomeUnknown',
  description:
    'A change was sent, but no response arrived, and reading back did not show whether it was made. Retry with the same input, and with `idempotencyKey` if it is not null: the change is never made twice. An SQL statement is not retryable: check its effect before you send it again.',
  interfaces,
  fields: (t) => ({
    idempotencyKey: t.exposeString('idempotencyKey', {
      description:
        'The key for the retry. It is set even if the request had none, for changes that need one. Null if no key is needed (retrying is safe) and after an SQL statement (check its effect first).',
    }),
  }),
});

builder.objectType(UpstreamFailed, {
  name: 'UpstreamFailed',
  description: 'Halo Cloud, or the server at the practice, returned an error or a malformed response.',
  interfaces,
  fields: (t) => ({
    httpStatus: t.exposeInt('httpStatus', {
      description: 'The HTTP status of the response; null if there was none or it is irrelevant.',
    }),
  }),
});
