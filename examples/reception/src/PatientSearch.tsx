import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client, messageOf } from './api.ts';
import { FindPatientsDocument } from './gql/graphql.ts';

export interface FoundPatient {
  readonly id: string;
  readonly fullName: string;
}

interface Props {
  readonly bpSiteId: string;
  readonly chosen: FoundPatient | undefined;
  readonly onChoose: (patient: FoundPatient) => void;
  readonly disabled: boolean;
}

/** Finds a patient by name, and by date of birth where two have one name. */
export function PatientSearch({ bpSiteId, chosen, onChoose, disabled }: Props) {
  const [search, setSearch] = useState<{ name: string; birthDate?: string }>();
  const { data, error, isFetching } = useQuery({
    queryKey: ['patients', bpSiteId, search],
    queryFn: ({ signal }) =>
      client.request({
        document: FindPatientsDocument,
        variables: { bpSiteId, search: search ?? {} },
        signal,
      }),
    enabled: search !== undefined,
    // Patient details stay in memory no longer than the dialog.
    gcTime: 0,
  });
  const found = data?.viewer.practice?.patientsConnection;

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const birthDate = String(form.get('birthDate'));
    setSearch({ name: String(form.get('name')), ...(birthDate && { birthDate }) });
  }

  return (
    <fieldset disabled={disabled}>
      <legend>Patient</legend>
      <form onSubmit={send} className="search">
        <label>
          Name
          <input name="name" required minLength={2} autoComplete="off" />
        </label>
        <label>
          Born
          <input name="birthDate" type="date" />
        </label>
        <button type="submit">Find</button>
      </form>
      {isFetching && <p>Looking …</p>}
      {error && <p role="alert">{messageOf(error)}</p>}
      {found?.nodes.length === 0 && <p>Nobody found.</p>}
      <div className="choices">
        {found?.nodes.map((patient) => (
          <label key={patient.id} className="choice">
            <input
              type="radio"
              name="patient"
              checked={chosen?.id === patient.id}
              onChange={() => onChoose(patient)}
            />
            {patient.fullName}
            {patient.birthDate && `, born ${patient.birthDate}`}
          </label>
        ))}
      </div>
      {found?.pageInfo.hasNextPage && <p>There are more: add the date of birth.</p>}
    </fieldset>
  );
}
