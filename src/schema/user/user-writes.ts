import { updateUser } from '../../resolvers/user/update-user.ts';
import { addUserDaysAway, removeUserDaysAway } from '../../resolvers/user/user-days-away.ts';
import { bpSiteIdText, dateRange, idempotencyKeyText } from '../builder/args.ts';
import { builder } from '../builder/builder.ts';
import { AddUserDaysAwayResult, RemoveUserDaysAwayResult, UpdateUserResult } from '../write-results.ts';

const userId = 'The user: the PMS id, or the global id.';
const assumed =
  'Bp Premier documents no procedure for it: where the Bp Premier API of the site does not do it, an assumed statement does, in the sandbox and where the operator allows it; else `OperationNotSupported`.';

const UpdateUserInput = builder.inputType('UpdateUserInput', {
  description: 'What is to change of a user, at least one thing; what is left out stays.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    userId: t.id({ required: true, description: userId }),
    email: t.string({
      description: 'E-mail address, at most 250 characters. Left out: it stays; null: it is removed.',
    }),
    phone: t.string({
      description:
        'Telephone number, written like `AddPatientInput.homePhone`. Left out: it stays; null: it is removed.',
    }),
    takesAppointments: t.boolean({
      description:
        'Whether appointments can be made with them. Null or left out: it stays. The Bp Premier API does not know it.',
    }),
  }),
});

const AddUserDaysAwayInput = builder.inputType('AddUserDaysAwayInput', {
  description: 'Whole days on which a user is away, none of which is recorded yet.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    userId: t.id({ required: true, description: userId }),
    from: t.field({
      type: 'Date',
      required: true,
      description: `First day away, at the practice. ${dateRange}`,
    }),
    to: t.field({
      type: 'Date',
      description: `Last day away, inclusive. Left out: \`from\` alone. ${dateRange}`,
    }),
    reason: t.string({ description: 'Why, at most 100 characters.' }),
    idempotencyKey: t.string({ description: idempotencyKeyText('absence', 'records it') }),
  }),
});

const RemoveUserDaysAwayInput = builder.inputType('RemoveUserDaysAwayInput', {
  description: 'An absence to remove.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    userId: t.id({ required: true, description: userId }),
    dayAwayId: t.id({
      required: true,
      description: 'The absence: `id` or `pmsId` of an entry of `User.daysAway`.',
    }),
  }),
});

builder.mutationFields((t) => ({
  updateUser: t.field({
    type: UpdateUserResult,
    authScopes: { scopes: ['users:write', 'users:read'] },
    nullable: false,
    description: `Changes contact details of a user, or whether they take appointments. Three to four charged calls, two where it is so already. Asking again is safe. ${assumed}`,
    args: { input: t.arg({ type: UpdateUserInput, required: true, description: 'What is to change.' }) },
    resolve: updateUser,
  }),
  addUserDaysAway: t.field({
    type: AddUserDaysAwayResult,
    authScopes: { scopes: ['users:write', 'users:read'] },
    nullable: false,
    description: `Records that a user is away. Free times of those days are gone; appointments that are booked already stay: look at \`User.appointments\`. ${assumed}`,
    args: {
      input: t.arg({ type: AddUserDaysAwayInput, required: true, description: 'Who is away, and when.' }),
    },
    resolve: addUserDaysAway,
  }),
  removeUserDaysAway: t.field({
    type: RemoveUserDaysAwayResult,
    authScopes: { scopes: ['users:write', 'users:read'] },
    nullable: false,
    description: `Removes an absence of a user. Asking again is safe: \`NotFound\` says that it is gone. ${assumed}`,
    args: {
      input: t.arg({ type: RemoveUserDaysAwayInput, required: true, description: 'Which absence.' }),
    },
    resolve: removeUserDaysAway,
  }),
}));
