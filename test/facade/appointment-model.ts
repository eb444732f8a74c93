/** A model of the appointment book after each change. It uses none of the tested code. */
export interface ModelAppointment {
  /** Null: booked by a write whose response has not been read yet. */
  id: string | null;
  readonly patientId: string;
  userId: string;
  /** Milliseconds since 1970. */
  at: number;
  minutes: number;
  status: 'BOOKED' | 'ARRIVED' | 'CANCELLED';
}

export type Time = Pick<ModelAppointment, 'userId' | 'at'>;

const minute = 60_000;

export class AppointmentModel {
  readonly appointments: ModelAppointment[] = [];
  readonly #fits: (time: Time, minutes: number) => boolean;

  /** @param fits whether the time is within a session of the user, ignoring bookings */
  constructor(fits: (time: Time, minutes: number) => boolean) {
    this.#fits = fits;
  }

  get current(): readonly ModelAppointment[] {
    return this.appointments.filter(({ status }) => status !== 'CANCELLED');
  }

  taken({ userId, at }: Time, minutes: number, but?: ModelAppointment): boolean {
    return this.current.some(
      (row) =>
        row !== but &&
        row.userId === userId &&
        row.at < at + minutes * minute &&
        at < row.at + row.minutes * minute,
    );
  }

  /** What becomes of something that is to take a time. */
  place(time: Time, minutes: number, moving?: ModelAppointment): 'free' | 'SlotTaken' | 'InvalidInput' {
    if (this.taken(time, minutes, moving)) return 'SlotTaken';
    return this.#fits(time, minutes) ? 'free' : 'InvalidInput';
  }

  find({ userId, at }: Time, patientId: string): ModelAppointment | undefined {
    return this.current.find((row) => row.userId === userId && row.at === at && row.patientId === patientId);
  }
}
