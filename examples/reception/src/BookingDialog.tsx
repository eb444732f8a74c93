/** A new booking: find the patient, choose a time, send. One key for one booking, however often it is sent. */
import { useState } from 'react';
import { messageOf } from './api.ts';
import { Dialog } from './Dialog.tsx';
import { type FreeTime, FreeTimes } from './FreeTimes.tsx';
import { BookDocument } from './gql/graphql.ts';
import { type FoundPatient, PatientSearch } from './PatientSearch.tsx';
import { useWrite, WriteFailed } from './useWrite.ts';

interface Props {
  readonly bpSiteId: string;
  /** The day that the book shows; another can be chosen. */
  readonly shownDate: string;
  readonly onClose: () => void;
}

export function BookingDialog({ bpSiteId, shownDate, onClose }: Props) {
  const [date, setDate] = useState(shownDate);
  const [patient, setPatient] = useState<FoundPatient>();
  const [time, setTime] = useState<FreeTime>();
  const [reason, setReason] = useState('');
  // After OUTCOME_UNKNOWN the same key with the same input finds out, and books at most once.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const book = useWrite(BookDocument, onClose);
  const code = book.error instanceof WriteFailed ? book.error.code : undefined;
  const isOpen = code === 'OUTCOME_UNKNOWN';

  function send() {
    if (!patient || !time) return;
    book.mutate({
      bpSiteId,
      patientId: patient.id,
      userId: time.userId,
      start: time.start,
      reason: reason || undefined,
      idempotencyKey: key,
    });
  }

  function choose(next: FreeTime) {
    setTime(next);
    setKey(crypto.randomUUID());
    book.reset();
  }

  return (
    <Dialog title="New booking" onClose={onClose}>
      <PatientSearch bpSiteId={bpSiteId} chosen={patient} onChoose={setPatient} disabled={isOpen} />
      {patient && (
        <>
          <fieldset disabled={isOpen} className="plain">
            <label>
              Day
              <input
                type="date"
                value={date}
                onChange={(event) => setDate(event.target.value || shownDate)}
              />
            </label>
            <FreeTimes bpSiteId={bpSiteId} date={date} chosen={time} onChoose={choose} />
            <label>
              Reason
              <input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
            </label>
          </fieldset>
          {book.error && (
            <p role="alert">
              {code === 'SLOT_TAKEN'
                ? 'Somebody else has just taken this time. Choose another.'
                : isOpen
                  ? 'It is not known yet whether the booking was made. Try again. It is never made twice.'
                  : book.error instanceof WriteFailed
                    ? book.error.message
                    : messageOf(book.error)}
            </p>
          )}
          <button type="button" className="main" disabled={!time || book.isPending} onClick={send}>
            {isOpen ? 'Try again' : 'Book'}
          </button>
        </>
      )}
    </Dialog>
  );
}
