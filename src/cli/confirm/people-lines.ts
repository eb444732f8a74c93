import { roleOfUserCategory } from '../../datasources/domain/user-role.ts';
import { currentRecord } from '../../datasources/sql-passthrough/codes.ts';
import { cannotTell, fails, holds, type Line, listed, mostly, toMaintainers, total, which } from './line.ts';
import { countBy, type Reading, textOf } from './reading.ts';

/** The texts of a look-up table, each with the number of current patients that have it. */
const patientsBy = (table: string, code: string, text: string, column: string): Reading => ({
  name: `texts of ${table}`,
  tables: [table, 'PATIENTS'],
  sql: `SELECT RTRIM(s.${text}) AS NAME, COUNT(p.INTERNALID) AS N FROM dbo.${table} s LEFT JOIN dbo.PATIENTS p ON p.${column} = s.${code} AND p.RECORDSTATUS = ${currentRecord} GROUP BY s.${text}`,
});
const currentPatients = `FROM dbo.PATIENTS p WHERE p.RECORDSTATUS = ${currentRecord} AND p.INTERNALID <> 0`;
const isBlank = (column: string) => `COALESCE(RTRIM(p.${column}), '') = ''`;
const phones = ['HOMEPHONE', 'WORKPHONE', 'MOBILEPHONE']
  .map((column) => `SELECT p.${column} AS PHONE ${currentPatients} AND NOT ${isBlank(column)}`)
  .join(' UNION ALL ');

export const peopleReadings: readonly Reading[] = [
  patientsBy('SEX', 'SEXCODE', 'SEX', 'SEXCODE'),
  patientsBy('PATIENTSTATUS', 'STATUSCODE', 'STATUSTEXT', 'PATIENTSTATUS'),
  patientsBy('TITLES', 'TITLECODE', 'TITLE', 'TITLECODE'),
  patientsBy('DVATYPE', 'DVACODE', 'DVATYPE', 'DVACODE'),
  {
    name: 'texts of USERGROUPS',
    tables: ['USERGROUPS', 'USERS'],
    sql: `SELECT RTRIM(g.GROUPNAME) AS NAME, COUNT(u.USERID) AS N FROM dbo.USERGROUPS g LEFT JOIN dbo.USERS u ON u.GROUPCODE = g.GROUPCODE AND u.RECORDSTATUS = ${currentRecord} GROUP BY g.GROUPNAME`,
  },
  {
    name: 'users by USERSTATUS',
    tables: ['USERS'],
    sql: `SELECT ${textOf('u.USERSTATUS')} AS NAME, COUNT(*) AS N FROM dbo.USERS u WHERE u.RECORDSTATUS = ${currentRecord} AND u.USERID <> 0 GROUP BY u.USERSTATUS`,
  },
  {
    name: 'patients by current rows of EMAIL',
    tables: ['EMAIL'],
    sql: countBy(
      "CASE WHEN d.N = 1 THEN 'one' ELSE 'several' END",
      `FROM (SELECT COUNT(*) AS N FROM dbo.EMAIL m WHERE m.RECORDSTATUS = ${currentRecord} AND m.EMAIL <> '' GROUP BY m.INTERNALID) d`,
    ),
  },
  {
    name: 'forms of phone numbers',
    tables: ['PATIENTS'],
    sql: countBy(
      "CASE WHEN h.PHONE LIKE '%[^0-9 ()/.+-]%' THEN 'other characters' ELSE 'usual' END",
      `FROM (${phones}) h`,
    ),
  },
  {
    name: 'first digits of Medicare numbers',
    tables: ['PATIENTS'],
    sql: countBy(
      "CASE WHEN LTRIM(p.MEDICARENO) LIKE '[2-6]%' THEN '2 to 6' ELSE 'other' END",
      `${currentPatients} AND NOT ${isBlank('MEDICARENO')}`,
    ),
  },
  {
    name: 'patients with one name',
    tables: ['PATIENTS'],
    sql: countBy(
      `CASE WHEN ${isBlank('SURNAME')} THEN 'first name' ELSE 'last name' END`,
      `${currentPatients} AND ((${isBlank('SURNAME')} AND NOT ${isBlank('FIRSTNAME')}) OR (${isBlank('FIRSTNAME')} AND NOT ${isBlank('SURNAME')}))`,
    ),
  },
];

const textLine = (
  line: Pick<Line, 'id' | 'about' | 'remedy'> & {
    readonly table: string;
    readonly isKnown: (text: string, codes: Parameters<Line['verdict']>[0]['codes']) => boolean;
    /** Texts of rows that no patient needs. */
    readonly ignored?: RegExp;
  },
): Line => ({
  id: line.id,
  about: line.about,
  remedy: line.remedy,
  needs: [`texts of ${line.table}`],
  reads: `the texts of \`${line.table}\`, each with a number of patients`,
  verdict({ count, codes }) {
    const texts = count(`texts of ${line.table}`);
    if (texts.size === 0) return fails(`${line.table} is empty.`);
    const unknown = which(texts, (text) => !line.isKnown(text, codes) && !(line.ignored ?? /^$/).test(text));
    const found = `${listed(texts)}.`;
    return unknown.size === 0 ? holds(found) : fails(`${found} Not known: ${listed(unknown)}.`);
  },
});

/** Titles that callers of the API write; with or without a dot. */
const usualTitles = ['mr', 'mrs', 'ms', 'miss', 'dr'];

export const peopleLines: readonly Line[] = [
  textLine({
    id: 'B4',
    about: 'the texts of SEX are known',
    table: 'SEX',
    isKnown: (text, codes) => codes.sexes.has(text.toLowerCase()),
    ignored: /^$|unknown|not stated|intersex|indeterminate/i,
    remedy: 'PRACTICES_FILE, codeOverrides.sexes, e.g. { "M": "MALE" }.',
  }),
  textLine({
    id: 'B4',
    about: 'the texts of PATIENTSTATUS are known',
    table: 'PATIENTSTATUS',
    isKnown: (text, codes) => codes.patientStatuses.has(text.toLowerCase()),
    remedy: 'PRACTICES_FILE, codeOverrides.patientStatuses, e.g. { "Current": "ACTIVE" }.',
  }),
  textLine({
    id: 'B30',
    about: 'DVATYPE has the colours of the cards',
    table: 'DVATYPE',
    isKnown: (text) => /^(none|gold|white|orange)$/i.test(text),
    remedy: `Callers must send the practice's own texts as the type of a DVA card. ${toMaintainers}`,
  }),
  {
    id: 'B30',
    about: 'TITLES has the usual titles',
    needs: ['texts of TITLES'],
    reads: 'the texts of `TITLES`, each with a number of patients',
    remedy: "Callers must send the practice's own titles; others are InvalidInput.",
    verdict({ count }) {
      const titles = count('texts of TITLES');
      const has = new Set([...titles.keys()].map((title) => title.replace(/\.$/, '').toLowerCase()));
      const lacking = usualTitles.filter((title) => !has.has(title));
      const found = `${listed(titles, 15)}.`;
      return lacking.length === 0 ? holds(found) : fails(`${found} Without ${lacking.join(', ')}.`);
    },
  },
  {
    id: 'B5',
    about: 'the values of USERSTATUS are known',
    needs: ['users by USERSTATUS'],
    reads: 'current users by `USERSTATUS`',
    remedy: 'PRACTICES_FILE, codeOverrides.userStatuses, e.g. { "4": "ACTIVE" }.',
    verdict({ count, codes }) {
      const users = count('users by USERSTATUS');
      const { activeUserStatuses, inactiveUserStatuses, hiddenUserStatuses } = codes;
      const known = [...activeUserStatuses, ...inactiveUserStatuses, ...hiddenUserStatuses].map(String);
      const unknown = which(users, (status) => !known.includes(status));
      if (total(users) === 0) return fails('There is no current user.');
      if (unknown.size > 0) return fails(`${listed(users)}. Not known: ${listed(unknown)}.`);
      const isActive = activeUserStatuses.some((status) => users.has(String(status)));
      return isActive ? holds(`${listed(users)}.`) : fails(`${listed(users)}. None is active.`);
    },
  },
  {
    id: 'B6',
    about: 'a role follows from each category of users',
    needs: ['texts of USERGROUPS'],
    reads: 'the texts of `USERGROUPS` with their numbers of users, and the role that each gives',
    remedy: `Users of these categories have the role OTHER. ${toMaintainers}`,
    verdict({ count }) {
      const groups = which(count('texts of USERGROUPS'), (name) => name !== '');
      const used = new Map([...groups].filter(([, users]) => users > 0));
      if (used.size === 0) return cannotTell('No category has a user.');
      const without = which(used, (name) => roleOfUserCategory(name) === 'OTHER');
      const found = [...used].map(([name, users]) => `${name} (${users}): ${roleOfUserCategory(name)}`);
      return without.size === 0
        ? holds(`${found.join(', ')}.`)
        : fails(`Without a role: ${listed(without)}.`);
    },
  },
  {
    id: 'B16',
    about: 'a patient has one current e-mail address',
    needs: ['patients by current rows of EMAIL'],
    reads: 'the numbers of patients with one and with several current addresses',
    remedy: `Of several addresses the oldest is shown. ${toMaintainers}`,
    verdict: ({ count }) =>
      mostly(count('patients by current rows of EMAIL'), ['one'], {
        least: 0.8,
        none: 'No patient has one.',
      }),
  },
  {
    id: 'B18',
    about: 'phone numbers are digits and usual separators',
    needs: ['forms of phone numbers'],
    reads:
      'how many phone numbers have other characters than digits, blanks, brackets, slashes, dots, plus and hyphen',
    remedy: `A search by phone does not find these patients. ${toMaintainers}`,
    verdict: ({ count }) =>
      mostly(count('forms of phone numbers'), ['usual'], { least: 0.95, none: 'No patient has one.' }),
  },
  {
    id: 'B36',
    about: 'Medicare numbers begin with 2 to 6',
    needs: ['first digits of Medicare numbers'],
    reads: 'how many Medicare numbers begin with another character',
    remedy: `Such numbers are InvalidInput when they are written. ${toMaintainers}`,
    verdict: ({ count }) =>
      mostly(count('first digits of Medicare numbers'), ['2 to 6'], {
        least: 0.98,
        none: 'No patient has one.',
      }),
  },
  {
    id: 'B39',
    about: 'a person with one name has it as last name',
    needs: ['patients with one name'],
    reads: 'how many patients have only a first or only a last name',
    remedy: toMaintainers,
    verdict({ count }) {
      const names = count('patients with one name');
      const none = { least: 0.5, none: 'Nobody has one name only.' };
      return mostly(names, ['last name'], none);
    },
  },
];
