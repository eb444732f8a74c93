/** Reads what is checked before an appointment is booked or moved: in one call if the source can, else one by one. */
import type { Appointment } from '../../datasources/domain/appointment.ts';
import type { BookingFacts, BookingQuery } from '../../datasources/domain/booking.ts';
import { appointmentsById, isPmsId, type Practice } from '../../datasources/practice/practice.ts';
import { OperationNotSupported } from '../../errors.ts';
import { epochMs } from '../../time/local.ts';
import { datesAround } from './free-time.ts';
import type { KnownForBooking } from './known-for-booking.ts';

export async function knownForBooking(practice: Practice, query: BookingQuery): Promise<KnownForBooking> {
  try {
    return fromFacts(await practice.data.factsForBooking(query));
  } catch (error) {
    if (!(error instanceof OperationNotSupported)) throw error;
    return readOneByOne(practice, query);
  }
}

function fromFacts(facts: BookingFacts): KnownForBooking {
  return {
    patient: async () => facts.patient,
    user: async () => facts.user,
    type: async () => facts.type,
    moving: async () => facts.moving,
    locations: async () => facts.locations,
    appointments: async () => facts.appointments(),
    slots: async (durationMinutes) => facts.slots(durationMinutes),
  };
}

function readOneByOne(practice: Practice, query: BookingQuery): KnownForBooking {
  const { data } = practice;
  const { patientId, typeId, movingId, locationId } = query;
  let read: Promise<Appointment | null> | undefined;
  const moving = () => {
    read ??=
      movingId === undefined
        ? Promise.resolve(null)
        : appointmentsById(data, [movingId], { location: {} }).then(([found]) => found ?? null);
    return read;
  };
  const userId = async () => query.userId ?? (await moving())?.userId ?? '';
  const dates = async () => query.dates ?? datesAround(epochMs((await moving())?.start ?? ''));
  const whose = async () => ({ ...(await dates()), userIds: [await userId()] });
  return {
    moving,
    async patient() {
      const [patient] =
        patientId === undefined ? [] : await data.patients({ ids: [patientId], fields: { status: {} } });
      return patient ?? null;
    },
    async user() {
      const id = await userId();
      if (!isPmsId(id)) return null;
      const { users } = await data.users({ ids: [id], fields: { active: {}, takesAppointments: {} } });
      return users[0] ?? null;
    },
    async type() {
      const types = await data.appointmentTypes().catch((error: unknown) => {
        if (error instanceof OperationNotSupported) return null;
        throw error;
      });
      return types ? (types.find(({ pmsId }) => pmsId === typeId) ?? null) : undefined;
    },
    locations: () => practice.locations(),
    appointments: async () => data.appointments({ ...(await whose()), fields: {} }),
    slots: async (durationMinutes) =>
      data.availableSlots({
        ...(await whose()),
        ...(locationId === undefined ? {} : { locationId }),
        ...(durationMinutes === undefined ? {} : { durationMinutes }),
      }),
  };
}
