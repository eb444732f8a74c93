/** The round trip that the examples and GraphiQL's tab show, with the variables that the tab comes with. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { graphiqlTabs } from '../../src/http/graphiql-tabs.ts';
import { openFacade } from '../open-facade.ts';
import { sandboxNow } from '../sandbox-today.ts';
import { ownSandbox } from './booking-client.ts';

const sandbox = await ownSandbox();
const facade = openFacade({ baseUrl: sandbox.url });
afterAll(async () => {
  await facade.close();
  await sandbox.close();
});

const tab = graphiqlTabs(sandboxNow).find(({ query }) => query.includes('mutation BookAppointment'));
const example = new URL('../../examples/operations/book-move-cancel.graphql', import.meta.url);

describe.each([
  ['the tab', tab?.query ?? ''],
  ['the example', readFileSync(example, 'utf8')],
])('%s', (name, document) => {
  it('books, moves and cancels', async () => {
    const { booking, ...variables } = JSON.parse(tab?.variables ?? '{}');
    const execute = (operation: string, more: object) =>
      facade.execute(document, { ...variables, ...more }, {}, operation);
    const times = await execute('TimesToBook', {});
    const { slots } = times.data.practice.availableSlots;
    expect(slots.map(({ start }: { start: string }) => start)).toContain(booking.start);

    const booked = await execute('BookAppointment', { booking: { ...booking, idempotencyKey: name } });
    const { id: appointmentId, status, start } = booked.data.bookAppointment.appointment;
    expect({ status, start }).toEqual({ status: 'BOOKED', start: booking.start });
    const moved = await execute('MoveAppointment', { move: { ...variables.move, appointmentId } });
    expect(moved.data.moveAppointment.appointment.start).toBe(variables.move.start);
    const cancelled = await execute('CancelAppointment', {
      cancellation: { ...variables.cancellation, appointmentId },
    });
    expect(cancelled.data.cancelAppointment.appointment).toMatchObject({
      id: appointmentId,
      status: 'CANCELLED',
    });
  });
});
