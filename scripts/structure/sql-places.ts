import { isTest, type SourceFile } from './workspace.ts';

const SERVER = 'packages/server/src/';

/** Files of the server that hold statements beside `*-queries.ts`, with the reason. */
export const SQL_FILES: Readonly<Record<string, string>> = {
  'packages/server/src/platform/db/database-check.ts': 'looks at a database before a schema is there',
  'packages/server/src/platform/db/listener.ts': 'listens on a connection of its own',
  'packages/server/src/platform/db/migrate.ts': 'runs before there is a schema to query',
};

/** Words that begin a statement, with enough behind them that plain English and methods of HTTP are none. */
const STATEMENT = [
  String.raw`SELECT\s+[\w"'$(*]`,
  String.raw`WITH\s+(?:RECURSIVE\s+)?"?\w+"?\s*(?:\([^)]*\)\s*)?AS\s*(?:(?:NOT\s+)?MATERIALIZED\s*)?\(`,
  String.raw`(?:INSERT|MERGE)\s+INTO\s`,
  String.raw`UPDATE\s+(?:ONLY\s+)?[\w."$]+[^;]*?\sSET\s`,
  String.raw`DELETE\s+FROM\s`,
  String.raw`TRUNCATE\s+[\w"$]`,
  String.raw`(?:UN)?LISTEN\s+[\w"$*]`,
  String.raw`NOTIFY\s+[\w"$]`,
  String.raw`LOCK\s+TABLE\s`,
  String.raw`SET\s+(?:LOCAL\s+|SESSION\s+)?\w+\s*(?:=|TO\s)`,
  String.raw`(?:CREATE|ALTER|DROP)\s+(?:TABLE|INDEX|FUNCTION|TRIGGER|VIEW|TYPE|SCHEMA|EXTENSION)\s`,
].join('|');

const STATEMENTS: readonly RegExp[] = [
  /\.(?:selectFrom|selectNoFrom|insertInto|updateTable|deleteFrom|mergeInto|replaceInto)\(/,
  // A text that begins as a statement.
  new RegExp(String.raw`(?<!\w)['"${'`'}]\s*(?:${STATEMENT})`),
  // A part of one in Kysely's template, such as a subquery.
  new RegExp(String.raw`\bsql(?:<[^${'`'}]*>)?${'`'}[^${'`'}]*?\b(?:${STATEMENT})`, 'i'),
];

/** Statements of SQL in files of the server that are not made for them, one line each. */
export function sqlFaults(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith(SERVER) && !isTest(path))
    .filter(({ path }) => !path.endsWith('-queries.ts') && SQL_FILES[path] === undefined)
    .filter(({ text }) => STATEMENTS.some((pattern) => pattern.test(text)))
    .map(({ path }) => `${path}: holds SQL: put it into a file that is called *-queries.ts`);
}
