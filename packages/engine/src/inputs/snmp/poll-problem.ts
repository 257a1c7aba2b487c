import { type AnswerReport, type FaultyValues, SnmpError, type SnmpErrorKind } from '@stratora/snmp';
import type { TablePlan } from './table-plan.ts';

/** Most columns that a message names. */
const NAMED = 5;

/** Failures from the least to the worst: the worst gives the status of a poll. */
const SEVERITY: readonly SnmpErrorKind[] = ['limit', 'bad_answer', 'timeout', 'refused', 'auth'];

/** The name and the OID of a column or object, by its position in what was asked. */
export type NameOf = (position: number) => { readonly name: string; readonly oid: string };

/** What the walks of a table and of the one joined to it met. */
export type Reports = readonly [AnswerReport, AnswerReport];

/** Says which values were left out, which texts are cut and which came again; empty when there is none. */
export function describeFaults(report: AnswerReport, nameOf: NameOf): string {
  const left = report.faults.filter((one) => !one.isTaken);
  const taken = report.faults.filter((one) => one.isTaken);
  const said: string[] = [];
  if (left.length > 0) {
    const [values, are] = counted(left, 'value');
    said.push(`${values} could not be read and ${are} left out: ${listed(left, nameOf)}.`);
  }
  if (taken.length > 0) {
    const [texts, are] = counted(taken, 'text');
    said.push(`${texts} ${are} of a wrong length, and taken as far as possible: ${listed(taken, nameOf)}.`);
  }
  if (report.repeats.length > 0) {
    const count = report.repeats.reduce((sum, one) => sum + one.count, 0);
    const names = report.repeats.map(
      (one) =>
        `${nameOf(one.column).name} (${one.count === 1 ? '' : `${one.count} times, first `}${one.oid})`,
    );
    const came = count === 1 ? '1 value came' : `${count} values came`;
    said.push(`${came} again in a row that was there already, and the first is kept: ${shortened(names)}.`);
  }
  return said.join(' ');
}

/** Says which columns could not be walked to their end; empty when all could. */
export function describeBreaks(report: AnswerReport, nameOf: NameOf): string {
  const [first] = report.broken;
  if (first === undefined) return '';
  const names = report.broken.map(({ column }) => `${nameOf(column).name} (${nameOf(column).oid})`);
  const columns = names.length === 1 ? 'column' : `${names.length} columns`;
  return `${first.words} What came before that is kept: ${columns} ${shortened(names)}.`;
}

/** Returns the columns of the options, by position, that a walk had not finished when it failed. */
export function openColumns(
  { options, places }: TablePlan,
  reports: Reports,
  failure: SnmpError | undefined,
): Set<number> {
  const open = new Set<number>();
  if (failure === undefined) return open;
  for (const [column, { isSecond, position }] of places.entries()) {
    if (column >= options.columns.length) break;
    const report = reports[isSecond ? 1 : 0];
    if (report.openColumns?.includes(position)) open.add(column);
  }
  return open;
}

/** Says what a walk of a table met; nothing when all was well. */
export function describeWalk(
  { options }: TablePlan,
  reports: Reports,
  { failure, rows }: { readonly failure: SnmpError | undefined; readonly rows: number },
): string[] {
  const isBroken = reports.every((report) => report.openColumns === undefined);
  const kept = rows > 0 && (failure?.kind === 'limit' || failure?.kind === 'timeout');
  const first = options.columns.filter(({ joins }) => joins !== 'use');
  const second = options.columns.filter(({ joins }) => joins === 'use');
  const said = reports.flatMap((report, at) => {
    const columns = at === 0 ? first : second;
    const nameOf: NameOf = (position) => columns[position] ?? { name: '', oid: '' };
    return [describeBreaks(report, nameOf), describeFaults(report, nameOf)];
  });
  const failed =
    failure === undefined || (isBroken && said.some((text) => text !== '')) ? '' : failure.message;
  return [failed, kept ? `The ${rows} rows that came before are kept.` : '', ...said];
}

/** Joins the problems of a poll to one: the worst gives the kind and stands first. Undefined when there is none. */
export function worstOf(problems: readonly SnmpError[]): SnmpError | undefined {
  const ordered = problems.toSorted((a, b) => SEVERITY.indexOf(b.kind) - SEVERITY.indexOf(a.kind));
  const [worst] = ordered;
  if (worst === undefined || ordered.length === 1) return worst;
  return new SnmpError(worst.kind, ordered.map((one) => one.message).join(' '), { cause: worst });
}

/** Returns "1 value" and its verb. */
function counted(faults: readonly FaultyValues[], what: string): [string, string] {
  const count = faults.reduce((sum, one) => sum + one.count, 0);
  return count === 1 ? [`1 ${what}`, 'is'] : [`${count} ${what}s`, 'are'];
}

function listed(faults: readonly FaultyValues[], nameOf: NameOf): string {
  return shortened(
    faults.map(({ column, count, words, oid, isTaken }) => {
      const where = count === 1 ? oid : `${count} times, first ${oid}`;
      return `${nameOf(column).name} (${where}${isTaken ? '' : `: ${words}`})`;
    }),
  );
}

function shortened(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${shown} and ${names.length - NAMED} more` : shown;
}
