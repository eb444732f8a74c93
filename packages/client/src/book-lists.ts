/** Which lists of a book show an appointment, and where: for caches that update lists without reading them again. */

export interface Listed {
  readonly id: string;
  /** With an offset. */
  readonly start: string;
}

type Arguments = Readonly<Record<string, unknown>>;

/** The fields of a `bookAppointment`, `moveAppointment` or `cancelAppointment` payload that the operation may select. */
export interface BookChange {
  readonly practice: { readonly __typename?: string; readonly id: string };
  readonly id: string;
  /** Undefined: it is cancelled. */
  readonly edge?: { readonly cursor: string; readonly node: Listed };
}

/** Undefined for any other payload, and when `practice { id }` or the edge is not selected. */
export function bookChange(payload: unknown): BookChange | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { edge, cancelledAppointmentId, appointment } = payload as {
    readonly edge?: BookChange['edge'] & { readonly node: { readonly practice?: BookChange['practice'] } };
    readonly cancelledAppointmentId?: string;
    readonly appointment?: { readonly practice?: BookChange['practice'] };
  };
  if (cancelledAppointmentId !== undefined && appointment?.practice) {
    return { practice: appointment.practice, id: cancelledAppointmentId };
  }
  if (edge?.cursor === undefined || !edge.node?.practice || edge.node.start === undefined) return undefined;
  return { practice: edge.node.practice, id: edge.node.id, edge };
}

/**
 * The index at which a page shows the appointment. Undefined: it does not. The list is of other days, or of a status, user or
 * location, which only the server knows to apply; or the appointment comes after this page, and more pages follow.
 */
export function placeIn(
  args: Arguments,
  page: { readonly rows: readonly Listed[]; readonly hasNextPage: boolean },
  { start }: Listed,
): number | undefined {
  if (!isOfDay(args, start) || isFiltered(args)) return undefined;
  const at = page.rows.findIndex((row) => Date.parse(row.start) > Date.parse(start));
  if (at >= 0) return at;
  return page.hasNextPage ? undefined : page.rows.length;
}

/** Whether a list that shows the appointment has to drop it, perhaps to show it at another place. */
export function drops(args: Arguments, { edge }: BookChange): boolean {
  return !edge || !isOfDay(args, edge.node.start) || !isFiltered(args);
}

/** Dates are of the practice's calendar, and instants have its offset. */
function isOfDay({ from, to }: Arguments, start: string): boolean {
  const day = start.slice(0, 10);
  return typeof from === 'string' && from <= day && day <= (typeof to === 'string' ? to : from);
}

function isFiltered({ from: _, to: __, first: ___, after: ____, ...filters }: Arguments): boolean {
  return Object.values(filters).some((value) => value !== undefined && value !== null);
}
