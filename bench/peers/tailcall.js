/** Tailcall's script: gives each appointment of a bundle the keys of its links. It takes and returns text. */
// biome-ignore lint/correctness/noUnusedVariables: Tailcall calls it by its name.
function appointments(text) {
  const { entry, link } = JSON.parse(text);
  const [, guid] = /sites\/([^/]+)/.exec(link[0].url);
  return JSON.stringify(
    (entry || []).map(({ resource }) => {
      const { id, status, start, end, minutesDuration, description, appointmentType, participant } = resource;
      return {
        guid,
        id,
        status,
        start,
        end,
        minutesDuration,
        description,
        appointmentType,
        patientId: idOf(participant, 'Patient/'),
        userId: idOf(participant, 'Practitioner/'),
      };
    }),
  );
}

function idOf(participant, kind) {
  for (const { actor } of participant) {
    if (actor?.reference?.startsWith(kind)) return actor.reference.slice(kind.length);
  }
  return '';
}
