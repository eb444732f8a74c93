export type PracticeManagementSystem = 'BEST_PRACTICE' | 'ZEDMED' | 'D4W';

export type DataSource = 'BP_PREMIER' | 'SQL_PASSTHROUGH';

/** The data source that the operator configured; `auto` chooses one for each question. */
export type SourcePreference = 'auto' | 'bp-premier' | 'sql-passthrough';

export type PracticeOperation =
  | 'READ_APPOINTMENTS'
  | 'BOOK_APPOINTMENTS'
  | 'FIND_SLOTS'
  | 'READ_PATIENTS'
  | 'WRITE_PATIENTS'
  | 'READ_USERS'
  | 'WRITE_USERS'
  | 'READ_CLINIC_HOURS'
  | 'WRITE_CLINIC_HOURS';
