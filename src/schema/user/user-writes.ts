import { costText } from '../../price/cost-text.ts';
import * as prices from '../../price/write-prices.ts';
import { updateUser } from '../../resolvers/user/update-user.ts';
import { addUserDaysAway, removeUserDaysAway } from '../../resolvers/user/user-days-away.ts';
import { bpSiteIdText, dateRange, idempotencyKeyText } from '../builder/args.ts';
import { builder } from '../builder/builder.ts';
import { AddUserDaysAwayResult, RemoveUserDaysAwayResult, UpdateUserResult } from '../write-results.ts';

const userId = 'The user: the PMS id or the global id.';
const assumed =
  "Not every site supports this change. Bp Premier documents no procedure for it: without support in the site's Bp Premier API, it works in the sandbox and where the operator has allowed undocumented SQL statements; elsewhere the result is `OperationNotSupported`.";

const UpdateUserInput = builder.inputType('UpdateUserInput', {
  description: 'Changes to a user. Give at least one change. Omitted fields stay unchanged.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    userId: t.id({ required: true, description: userId }),
    email: t.string({
      description: 'Email address, at most 250 characters. Omitted: it stays unchanged. Null: it is removed.',
    }),
    phone: t.string({
      description:
        'Phone number, in the same formats as `AddPatientInput.homePhone`. Omitted: it stays unchanged. Null: it is removed.',
    }),
    takesAppointments: t.boolean({
      description:
        'Whether appointments can be booked with the user. Omitted or null: it stays unchanged. The Bp Premier API does not support it.',
    }),
  }),
});

const AddUserDaysAwayInput = builder.inputType('AddUserDaysAwayInput', {
  description: 'Whole days on which a user is away. None of them may be recorded as an absence already.',
  fields: (t) => ({
    bpSiteId: t.id({ required: true, description: bpSiteIdText }),
    userId: t.id({ required: true, description: userId }),
    from: t.field({
      type: 'Date',
      required: true,
      description: `First day of the absence, in the calendar of the practice. ${dateRange}`,
    }),
    to: t.field({
      type: 'Date',
      description: `Last day of the absence, inclusive. If omitted, only the day of \`from\`. ${dateRange}`,
    }),
    reason: t.string({ description: 'The reason, at most 100 characters.' }),
    idempotencyKey: t.string({ description: idempotencyKeyText('absence') }),
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
    description: `Changes the contact details of a user, or whether they take appointments. Retrying is safe. ${costText(prices.updateUser)} Two if nothing differs. ${assumed}`,
    args: { input: t.arg({ type: UpdateUserInput, required: true, description: 'The changes.' }) },
    price: prices.updateUser,
    resolve: updateUser,
  }),
  addUserDaysAway: t.field({
    type: AddUserDaysAwayResult,
    authScopes: { scopes: ['users:write', 'users:read'] },
    nullable: false,
    description: `Records an absence of a user. The user then has no free slots on these days. Existing appointments stay: check \`User.appointments\`. ${assumed}`,
    args: {
      input: t.arg({ type: AddUserDaysAwayInput, required: true, description: 'The user and the days.' }),
    },
    price: prices.addUserDaysAway,
    resolve: addUserDaysAway,
  }),
  removeUserDaysAway: t.field({
    type: RemoveUserDaysAwayResult,
    authScopes: { scopes: ['users:write', 'users:read'] },
    nullable: false,
    description: `Removes an absence of a user. Retrying is safe: \`NotFound\` means that the absence is already removed. ${assumed}`,
    args: {
      input: t.arg({ type: RemoveUserDaysAwayInput, required: true, description: 'The absence to remove.' }),
    },
    price: prices.removeUserDaysAway,
    resolve: removeUserDaysAway,
  }),
}));
