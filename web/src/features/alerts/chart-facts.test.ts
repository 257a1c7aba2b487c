import { describe, expect, it } from 'vitest';
import { sampleAlert } from '../../domain/alert-sample.test-support.ts';
import { chartLimits, ownSeries } from './chart-facts.ts';

const series = (metric: Record<string, string>) => ({ metric, values: [] });
const disks = [
  series({ node_id: 'n', path: '/', device: 'sda' }),
  series({ node_id: 'n', path: '/var', device: 'sdb' }),
];

describe('the chart of an alert', () => {
  it('shows the series that has its labels, under the name of its instance', () => {
    const alert = sampleAlert({ labels: { path: '/var' }, instance: '/var' });
    expect(ownSeries(disks, alert)).toEqual({ legend: '/var', series: [disks[1]] });
    expect(ownSeries([disks[0] ?? series({})], sampleAlert({})).legend).toBe('CPU');
  });

  it('shows all, told apart by what differs, where none has them', () => {
    const found = ownSeries(disks, sampleAlert({ labels: { path: '/gone' }, instance: '/gone' }));
    expect(found).toEqual({ legend: '{{device}} {{path}}', series: disks });
  });

  it('takes no placeholder from the name of an instance', () => {
    const alert = sampleAlert({ labels: { path: '/var' }, instance: '{{node_id}}' });
    expect(ownSeries(disks, alert).legend).toBe('node_id');
  });

  it('has the limit that was crossed as it was then, and the other as the definition has it now', () => {
    const alert = sampleAlert({ severity: 'critical', threshold: 95, unit: 'percent' });
    expect(chartLimits(alert, { warning: 85, critical: 99 }).map(({ label }) => label)).toEqual([
      'Warning 85 %',
      'Critical 95 %',
    ]);
    expect(chartLimits(alert, undefined).map(({ label }) => label)).toEqual(['Critical 95 %']);
    expect(chartLimits(sampleAlert({ severity: 'info', threshold: 3 }), undefined)).toEqual([]);
  });
});
