/** A Monday in daylight saving: the day that the shared sandbox's data is drawn around. */
export const sandboxToday = '2026-11-23';
/** 08:00 at the Sydney practice that day. */
export const sandboxNow = Date.parse('2026-11-23T08:00:00+11:00');
