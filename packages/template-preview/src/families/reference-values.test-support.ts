import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CAPTURES } from '../capture-preview.test-support.ts';
import type { PreviewPoint } from '../template-preview.ts';

/** Value that another program read of the same capture. */
export interface ReferenceValue {
  readonly kind: 'cpu' | 'memory' | 'temperature' | 'voltage' | 'current' | 'fan' | 'power';
  readonly name: string;
  readonly oid: string;
  readonly value: number;
  /** Bytes in all, of memory that tells them. */
  readonly total?: number | undefined;
}

interface ReferenceFile {
  processors?: { descr: string; oid: string; usage: number }[];
  mempools?: { descr: string; perc: number | null; total: number; used_oid?: string; perc_oid?: string }[];
  sensors?: { class: string; descr: string; oid: string; value: number }[];
}

const KINDS: Readonly<Record<string, ReferenceValue['kind']>> = {
  temperature: 'temperature',
  voltage: 'voltage',
  current: 'current',
  fanspeed: 'fan',
  power: 'power',
};

/** Reads what another program made of a capture, without values whose objects the capture does not hold. */
export function readReference(capture: string): ReferenceValue[] {
  const file = path.join(CAPTURES, '../expected', `${capture}.json`);
  if (!existsSync(file)) return [];
  const {
    processors = [],
    mempools = [],
    sensors = [],
  } = JSON.parse(readFileSync(file, 'utf8')) as ReferenceFile;
  const held = new Set(
    readFileSync(path.join(CAPTURES, `${capture}.snmprec`), 'latin1')
      .split('\n')
      .map((line) => line.slice(0, line.indexOf('|'))),
  );
  const values: ReferenceValue[] = [
    ...processors.map(({ descr, oid, usage }) => ({ kind: 'cpu' as const, name: descr, oid, value: usage })),
    ...mempools.map(({ descr, perc, total, used_oid, perc_oid }) => ({
      kind: 'memory' as const,
      name: descr,
      oid: used_oid ?? perc_oid ?? '',
      value: perc ?? Number.NaN,
      total,
    })),
    ...sensors.flatMap(({ class: of, descr, oid, value }) => {
      const kind = KINDS[of];
      return kind === undefined ? [] : [{ kind, name: descr, oid, value }];
    }),
  ];
  return values.filter(({ oid }) => held.has(oid.replace(/^\./, '')));
}

/** Tells whether one of the points has the value: within 1 %, and what rounding takes from percent and degrees. */
export function isAmong(points: readonly PreviewPoint[], wanted: ReferenceValue): boolean {
  const { kind, value, total } = wanted;
  return points.some(({ measurement, tags, fields }) => {
    switch (measurement) {
      case 'device_cpu':
        return kind === 'cpu' && isNear(fields['usage_percent'], value, 1);
      case 'device_memory':
        return (
          kind === 'memory' &&
          (isNear(fields['total_bytes'], total ?? Number.NaN, 1) || isNear(fields['used_percent'], value, 1))
        );
      case 'device_sensor':
        return (
          tags['kind'] === kind && isNear(fields['value'], value, kind === 'temperature' ? 0.6 : 0.000_11)
        );
      case 'device_poe':
        return (
          kind === 'power' &&
          (isNear(fields['used_watts'], value, 0.5) || isNear(fields['budget_watts'], value, 0.5))
        );
      case 'device_poe_port':
        return kind === 'power' && isNear(fields['watts'], value, 0.01);
      default:
        return false;
    }
  });
}

function isNear(given: number | undefined, wanted: number, tolerance: number): boolean {
  return given !== undefined && Math.abs(given - wanted) <= Math.max(tolerance, Math.abs(wanted) * 0.01);
}
