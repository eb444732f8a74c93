import type { PracticeDatabase } from '../database/practice-database.ts';
import type { Procedure } from './procedure.ts';
import { raised } from './procedure-arguments.ts';
import type { ProcedureTrouble } from './server-state.ts';
import { SqlServerError } from './sql-server-error.ts';

const conflict = () =>
  new SqlServerError(
    547,
    'The INSERT statement conflicted with the FOREIGN KEY constraint. The conflict occurred in database "BPSPatients".',
  );

/** A procedure with this simulated fault. Its writes before the error stay: there is no transaction. */
export function troubled(procedure: Procedure, trouble: ProcedureTrouble): Procedure {
  return {
    ...procedure,
    run(args, database, now) {
      switch (trouble) {
        case 'does-nothing':
          return { returned: 0 };
        case 'error-before':
          throw raised('The procedure refuses.');
        case 'error-partial':
          procedure.run(args, failingAfter(1, database), now);
          throw conflict();
      }
      const outcome = procedure.run(args, database, now);
      if (trouble === 'error-after') throw raised('The procedure has failed at its end.');
      if (trouble === 'error-nested')
        throw new SqlServerError(2812, "Could not find stored procedure 'dbo.BP_AddAudit'.");
      return { ...outcome, returned: 0 };
    },
  };
}

/** A database that takes so many statements that write. */
function failingAfter(statements: number, database: PracticeDatabase): PracticeDatabase {
  let left = statements;
  return {
    ...database,
    run(sql, params) {
      if (left === 0) throw conflict();
      left -= 1;
      database.run(sql, params);
    },
  };
}
