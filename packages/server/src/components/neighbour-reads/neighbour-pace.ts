import type { DeviceTemplate, SnmpPace } from '@stratora/contract';

/**
 * Makes the pace at which a node is asked: that of its template, the gentlest where its inputs differ, and before it the node's own,
 * key by key. Null for a device that bears any.
 */
export function paceOf(template: DeviceTemplate | undefined, own: SnmpPace | null): SnmpPace | null {
  const inputs = (template?.inputs ?? [])
    .filter(({ plugin }) => plugin === 'snmp')
    .map(({ options }) => options);
  const least = (name: string): number | undefined => {
    const values = inputs.map((options) => options[name]).filter((value) => typeof value === 'number');
    return values.length === 0 ? undefined : Math.min(...values);
  };
  const pace: SnmpPace = {
    requests_per_second: own?.requests_per_second ?? least('requests_per_second'),
    getbulk: own?.getbulk ?? (inputs.some((options) => options['getbulk'] === false) ? false : undefined),
    max_repetitions: own?.max_repetitions ?? least('max_repetitions'),
    requests_per_cycle: own?.requests_per_cycle ?? least('requests_per_cycle'),
    interval_seconds: own?.interval_seconds,
  };
  const set = Object.fromEntries(Object.entries(pace).filter(([, value]) => value !== undefined));
  return Object.keys(set).length === 0 ? null : set;
}
