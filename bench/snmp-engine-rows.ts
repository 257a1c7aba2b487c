import { type BenchRow, median, spreadOf } from './result.ts';
import type { TelegrafCycle } from './snmp-engine-telegraf.ts';

/**
 * Compares Telegraf's figures with ours. A cycle that it did not finish in time has no figure to compare with: it is
 * counted as missed, and the ratio is that of the other pairs. Where it missed all of them there is no ratio.
 *
 * @param linesPerCycle number of lines of the whole work
 */
export function telegrafRows(
  ours: readonly number[],
  theirs: readonly TelegrafCycle[],
  linesPerCycle: number,
): BenchRow[] {
  const whole = theirs
    .map(({ missingLines }, at) => ({ at, isWhole: missingLines === 0 }))
    .filter((row) => row.isWhole);
  const missed = theirs.filter(({ missingLines }) => missingLines > 0);
  const rows: BenchRow[] = [];
  if (whole.length > 0) {
    const of = (read: (cycle: TelegrafCycle) => number) =>
      whole.map(({ at }) => read(theirs[at] as TelegrafCycle));
    rows.push(
      ratioRow(
        { label: 'against Telegraf, same telegraf.conf', peer: 'Telegraf', goal: 0.2 },
        whole.map(({ at }) => ours[at] ?? Number.NaN),
        of((cycle) => cycle.cpuSeconds),
      ),
      figure(
        'Telegraf',
        'CPU s per 1,000 devices',
        of((cycle) => cycle.cpuSeconds),
      ),
      figure(
        'cycle of 1,000 devices, Telegraf',
        'ms',
        of((cycle) => cycle.durationMs),
      ),
      figure(
        'resident memory, 1,000 devices, Telegraf',
        'MiB',
        of((cycle) => cycle.residentMiB),
      ),
    );
  }
  if (missed.length > 0) {
    rows.push(
      { label: `cycles that Telegraf missed, of ${theirs.length}`, unit: 'cycles', value: missed.length },
      figure(
        'lines missing in those',
        '%',
        missed.map((cycle) => (100 * cycle.missingLines) / linesPerCycle),
      ),
    );
  }
  return rows;
}

/** Builds the row of our CPU against a peer's on the same work, pair by pair. */
export function ratioRow(
  what: { readonly label: string; readonly peer: string; readonly goal: number },
  ours: readonly number[],
  theirs: readonly number[],
): BenchRow {
  const ratios = ours.map((value, at) => value / (theirs[at] ?? Number.NaN));
  const ratio = median(ratios);
  return {
    label: what.label,
    value: median(ours),
    unit: 'CPU s per 1,000 devices',
    peer: what.peer,
    ratio,
    spread: spreadOf(ratios),
    goal: `<= ${what.goal.toFixed(2)}`,
    met: ratio <= what.goal,
  };
}

/** Builds the row of a figure without a peer, with its spread. */
export function figure(label: string, unit: string, values: readonly number[]): BenchRow {
  return { label, unit, value: median(values), spread: spreadOf(values) };
}
