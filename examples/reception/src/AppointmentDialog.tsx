/** One appointment: who, when, and what can be done with it. */
import { useState } from 'react';
import { messageOf } from './api.ts';
import { Dialog } from './Dialog.tsx';
import { type FreeTime, FreeTimes } from './FreeTimes.tsx';
import { ArriveDocument, type BookEntryFragment, CancelDocument, MoveDocument } from './gql/graphql.ts';
import { wallTime } from './time.ts';
import { useWrite, WriteFailed } from './useWrite.ts';

interface Props {
  readonly bpSiteId: string;
  readonly appointment: BookEntryFragment;
  readonly onClose: () => void;
}

export function AppointmentDialog({ bpSiteId, appointment, onClose }: Props) {
  const [moving, setMoving] = useState(false);
  const [time, setTime] = useState<FreeTime>();
  const arrive = useWrite(ArriveDocument, onClose);
  const cancel = useWrite(CancelDocument, onClose);
  const move = useWrite(MoveDocument, onClose);
  const { id: appointmentId, status, patient, user, type, reason } = appointment;
  const isBusy = arrive.isPending || cancel.isPending || move.isPending;
  const error = arrive.error ?? cancel.error ?? move.error;
  const named = { bpSiteId, appointmentId };
  return (
    <Dialog title={patient?.fullName ?? 'Patient not known'} onClose={onClose}>
      <p>
        {wallTime(appointment.start)} to {wallTime(appointment.end)} with {user?.displayName ?? 'unknown'}
        {type && `, ${type.name}`}
      </p>
      {patient?.birthDate && <p>Born {patient.birthDate}</p>}
      {reason && <p>{reason}</p>}
      {error && <p role="alert">{error instanceof WriteFailed ? error.message : messageOf(error)}</p>}
      <div className="actions">
        {(status === 'BOOKED' || status === 'ARRIVED') && (
          <button
            type="button"
            className="main"
            disabled={isBusy}
            onClick={() => arrive.mutate({ ...named, arrived: status === 'BOOKED' })}
          >
            {status === 'BOOKED' ? 'Arrived' : 'Not arrived after all'}
          </button>
        )}
        {status === 'BOOKED' && (
          <>
            <button type="button" disabled={isBusy} aria-expanded={moving} onClick={() => setMoving(!moving)}>
              Move
            </button>
            <button type="button" disabled={isBusy} onClick={() => cancel.mutate(named)}>
              Cancel appointment
            </button>
          </>
        )}
      </div>
      {moving && (
        <>
          <FreeTimes
            bpSiteId={bpSiteId}
            date={appointment.start.slice(0, 10)}
            userId={user?.id}
            chosen={time}
            onChoose={setTime}
          />
          <button
            type="button"
            className="main"
            disabled={!time || isBusy}
            onClick={() => time && move.mutate({ ...named, start: time.start, userId: time.userId })}
          >
            Move here
          </button>
        </>
      )}
    </Dialog>
  );
}
