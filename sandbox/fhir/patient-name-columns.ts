import type { PracticeDatabase } from '../database/practice-database.ts';
import { unacceptable } from './outcome.ts';
import { atMostOne, type Columns, type Fields, keepsOnly, textOf } from './sent-element.ts';

/** Uses of a HumanName that hold the preferred name. */
const called = ['usual', 'nickname'];

/** The official name and the preferred name of a patient. */
export function nameColumns(names: readonly Fields[], database: PracticeDatabase): Columns {
  const kept = ['official', ...called];
  if (names.some(({ use = 'official' }) => !kept.includes(String(use))))
    throw unacceptable('name.use: former and passing names cannot be kept');
  const usual = atMostOne(
    names.filter(({ use }) => called.includes(String(use))),
    'name (usual)',
  );
  const official = atMostOne(
    names.filter((name) => name !== usual),
    'name (official)',
  );
  const family = textOf(official?.family, 'name.family');
  if (official === undefined || family === null) throw unacceptable('name.family is missing');
  keepsOnly(official, ['use', 'text', 'family', 'given', '_given', 'prefix'], 'name');
  const [first = null, ...middle] = givenNames(official);
  return {
    TITLECODE: titleCode(official, database),
    FIRSTNAME: first,
    MIDDLENAME: middle.join(' ') || null,
    SURNAME: family,
    PREFERREDNAME: usual ? preferred(usual) : null,
  };
}

/** Null for an unknown name before a known one. */
function givenNames({ given = [] }: Fields): (string | null)[] {
  const list = Array.isArray(given) ? given : [{}];
  return list.map((name: unknown) => textOf(name ?? undefined, 'name.given'));
}

function preferred(name: Fields): string | null {
  keepsOnly(name, ['use', 'text', 'given'], 'name (usual)');
  return givenNames(name).join(' ') || textOf(name.text, 'name.text');
}

function titleCode({ prefix = [] }: Fields, database: PracticeDatabase): number {
  const list: readonly unknown[] = Array.isArray(prefix) ? prefix : [{}];
  const title = textOf(atMostOne(list, 'name.prefix'), 'name.prefix');
  if (title === null) return 0;
  const titles = database.all<{ code: number; title: string }>(
    'SELECT TITLECODE AS code, TITLE AS title FROM TITLES',
  );
  const found = titles.find((each) => plain(each.title) === plain(title));
  if (!found) throw unacceptable('name.prefix is none of the titles of this practice');
  return found.code;
}

/** A title by its letters: `Mrs.` and `mrs` are one. */
function plain(title: string): string {
  return title.trim().replace(/\.$/, '').toLowerCase();
}
