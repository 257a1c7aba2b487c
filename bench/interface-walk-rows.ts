import type { Walk } from './interface-walk-engine.ts';
import { INTERFACES } from './interface-walk-plan.ts';
import { type BenchRow, median, spreadOf } from './result.ts';
import type { TelegrafCycle } from './snmp-engine-telegraf.ts';

/** Most CPU seconds of a walk, with and without GETBULK, and most memory that it may add. */
const CPU_GOAL = 3;
const CPU_GOAL_WITHOUT_BULK = 8;
const MEMORY_GOAL_MIB = 120;

/** The memory of an engine: as it is between two walks, and the most that it ever held. */
export interface EngineMemory {
  readonly residentMiB: number;
  readonly peakMiB: number;
}

/** Rows of the walks of the device that answers GETBULK, beside Telegraf's of the same device, pair by pair. */
export function plainRows(
  ours: readonly Walk[],
  theirs: readonly TelegrafCycle[],
  small: EngineMemory,
): BenchRow[] {
  return [
    ...walkRows('', ours, CPU_GOAL),
    ...memoryRows(ours, small),
    ...telegrafRows(
      ours.map(({ cpuSeconds }) => cpuSeconds),
      theirs,
    ),
  ];
}

/** Rows of the walks of a device that refuses GETBULK: the first, in which the engine learns that, and later ones. */
export function refusedRows(how: string, first: Walk, later: readonly Walk[]): BenchRow[] {
  return [
    ...walkRows(`${how}, first walk: `, [first], CPU_GOAL_WITHOUT_BULK),
    ...walkRows(`${how}, later walks: `, later, CPU_GOAL_WITHOUT_BULK),
  ];
}

/** A goal for CPU or memory counts only for the whole work: it is missed where rows are. */
function walkRows(prefix: string, walks: readonly Walk[], cpuGoal: number): BenchRow[] {
  const rows = walks.map((walk) => walk.rows);
  const isWhole = isWholeWork(walks);
  const cpu = figure(
    `${prefix}CPU of a walk`,
    's',
    walks.map(({ cpuSeconds }) => cpuSeconds),
  );
  return [
    {
      ...figure(`${prefix}rows of a walk`, 'rows', rows),
      goal: INTERFACES.toLocaleString('en'),
      met: isWhole,
    },
    { ...cpu, goal: `<= ${cpuGoal} s`, met: isWhole && cpu.value <= cpuGoal },
    figure(
      `${prefix}start to last row`,
      's',
      walks.map(({ seconds }) => seconds),
    ),
  ];
}

function memoryRows(walks: readonly Walk[], small: EngineMemory): BenchRow[] {
  const peak = Math.max(...walks.map(({ peakMiB }) => peakMiB)) - small.peakMiB;
  return [
    {
      label: 'memory beyond that for a small device, at its peak',
      value: peak,
      unit: 'MiB',
      goal: `<= ${MEMORY_GOAL_MIB}`,
      met: isWholeWork(walks) && peak <= MEMORY_GOAL_MIB,
    },
    figure(
      'the same after a walk',
      'MiB',
      walks.map(({ residentMiB }) => residentMiB - small.residentMiB),
    ),
    { label: 'an engine with a small device', value: small.residentMiB, unit: 'MiB' },
  ];
}

/** A cycle that Telegraf did not finish in time has no figure to compare with: it is counted as missed. */
function telegrafRows(ours: readonly number[], theirs: readonly TelegrafCycle[]): BenchRow[] {
  const pairs = theirs.map((cycle, at) => ({ cycle, own: ours[at] ?? Number.NaN }));
  const whole = pairs.filter(({ cycle }) => cycle.missingLines === 0);
  const missed = theirs.filter(({ missingLines }) => missingLines > 0);
  const rows: BenchRow[] = [];
  if (whole.length > 0) {
    const ratios = whole.map(({ cycle, own }) => own / cycle.cpuSeconds);
    const of = (label: string, unit: string, read: (cycle: TelegrafCycle) => number): BenchRow =>
      figure(
        `Telegraf, ${label}`,
        unit,
        whole.map(({ cycle }) => read(cycle)),
      );
    rows.push(
      {
        label: 'CPU against Telegraf, same telegraf.conf',
        value: median(whole.map(({ own }) => own)),
        unit: 's',
        peer: 'Telegraf',
        ratio: median(ratios),
        spread: spreadOf(ratios),
      },
      of('CPU of a walk', 's', ({ cpuSeconds }) => cpuSeconds),
      of('start to last row', 's', ({ durationMs }) => durationMs / 1_000),
      of('resident memory', 'MiB', ({ residentMiB }) => residentMiB),
    );
  }
  if (missed.length > 0) {
    rows.push(
      { label: `walks that Telegraf missed, of ${theirs.length}`, value: missed.length, unit: 'walks' },
      figure(
        'rows missing in those',
        'rows',
        missed.map(({ missingLines }) => missingLines),
      ),
    );
  }
  return rows;
}

function isWholeWork(walks: readonly Walk[]): boolean {
  return walks.every(({ rows }) => rows === INTERFACES);
}

function figure(label: string, unit: string, values: readonly number[]): BenchRow {
  return { label, unit, value: median(values), spread: spreadOf(values) };
}
