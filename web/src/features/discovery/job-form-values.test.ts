import { createDiscoveryJobSchema, type DiscoveryJob, effectiveOptions } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import {
  countTargets,
  emptyJobForm,
  type JobFormValues,
  readEntries,
  suggestName,
  toJobBody,
  toJobForm,
  toOptions,
} from './job-form-values.ts';

const NOW = Date.parse('2026-11-30T08:00:00Z');
const EMPTY = emptyJobForm(NOW);
const RANGE: JobFormValues = { ...EMPTY, targets: '10.0.0.0/24' };

describe('what is typed as targets', () => {
  it('is parted at lines, commas and spaces, and not at the blanks of a range', () => {
    expect(readEntries('10.0.0.0/24, 10.1.0.7;10.2.0.1 - 10.2.0.50\n\n10.3.0.1–9')).toEqual([
      '10.0.0.0/24',
      '10.1.0.7',
      '10.2.0.1-10.2.0.50',
      '10.3.0.1-9',
    ]);
  });

  it('is counted as the server counts it, without what is left out and what is there twice', () => {
    expect(countTargets('10.0.0.0/24', '').addresses).toBe(254n);
    expect(countTargets('10.0.0.0/24 10.0.0.7', '10.0.0.1-10').addresses).toBe(244n);
    expect(countTargets('10.0.0.0/15', '').addresses).toBe(131_070n);
    expect(countTargets('fd00::/64', '').addresses).toBe(2n ** 64n);
    expect(countTargets('', '').addresses).toBe(0n);
  });

  it('is told what is wrong by the entry', () => {
    const { faults } = countTargets('10.0.0.0/24, 10.0.0.300\nsw-1', '10.0.0.9-10.0.0.1');
    expect(faults.targets.map(({ entry }) => entry)).toEqual(['10.0.0.300', 'sw-1']);
    expect(faults.exclude).toEqual([{ entry: '10.0.0.9-10.0.0.1', message: 'ends before it begins' }]);
  });
});

describe('the form of a discovery job', () => {
  it('gives a body that the server takes, whatever is chosen', () => {
    const crawl = { seed: 'core-1', fence: '10.0.0.0/8', depth: '2', devices_max: '50' };
    const forms: JobFormValues[] = [
      RANGE,
      { ...RANGE, pace: 'gentle' },
      { ...RANGE, pace: 'ot_safe', options: { ...RANGE.options, tcp_ports: '22, 80' } },
      { ...RANGE, options: { ...RANGE.options, tcp_ports: '22, 80', packets_per_second: '0.5' } },
      { ...RANGE, hours_on: true, rrule: { ...RANGE.rrule, repeat: 'daily' } },
      { ...EMPTY, kind: 'neighbours', crawl },
    ];
    for (const form of forms) {
      const body = { ...toJobBody(form), start: true };
      expect(createDiscoveryJobSchema.parse(body)).toEqual(body);
    }
  });

  it('leaves a network of machines alone', () => {
    const options = toOptions({ ...RANGE, pace: 'ot_safe', options: { ...RANGE.options, tcp_ports: '22' } });
    expect(options).toMatchObject({ ot_safe: true, tcp: false, http: false, tcp_ports: null });
    expect(effectiveOptions(options)).toMatchObject({ packets_per_second: 20, host_packets_per_second: 2 });
  });

  it('sends a pace of its own only where it is not the usual one', () => {
    expect(toOptions(RANGE)).toMatchObject({ packets_per_second: null, host_packets_per_second: null });
    const gentle = toOptions({ ...RANGE, pace: 'gentle' });
    expect(gentle).toMatchObject({ packets_per_second: 50, host_packets_per_second: 5 });
  });

  it('names a job after what it scans', () => {
    expect(toJobBody(RANGE).name).toBe('10.0.0.0/24');
    expect(suggestName({ ...EMPTY, targets: '10.0.0.1 10.0.0.2 10.0.0.3' })).toBe('10.0.0.1 and 2 more');
    expect(suggestName({ ...EMPTY, kind: 'neighbours', crawl: { ...EMPTY.crawl, seed: 'core' } })).toBe(
      'Neighbours of core',
    );
  });

  it('begins a schedule in the next night by the clocks of its zone', () => {
    const { schedule } = toJobBody({
      ...RANGE,
      timezone: 'Europe/Berlin',
      starts_at: '2026-12-01T02:00',
      rrule: { ...RANGE.rrule, repeat: 'daily' },
    });
    expect(schedule).toEqual({
      rrule: 'FREQ=DAILY',
      timezone: 'Europe/Berlin',
      starts_at: '2026-12-01T01:00:00.000Z',
    });
    expect(EMPTY.starts_at).toMatch(/T02:00$/);
    expect(toJobBody(RANGE).schedule).toBeNull();
  });

  it('shows a job as it was made', () => {
    const form: JobFormValues = {
      ...RANGE,
      name: 'hall 3',
      site_id: '0190aaaa-0000-7000-8000-000000000001',
      pace: 'gentle',
      hours_on: true,
      timezone: 'Europe/Berlin',
      rrule: { ...RANGE.rrule, repeat: 'weekly', days: ['su'], rule: 'FREQ=WEEKLY;BYDAY=SU' },
      options: { ...RANGE.options, exclude: '10.0.0.1-10.0.0.9', tcp_ports: '22, 443', dns: false },
    };
    const job = toJobBody(form) as unknown as DiscoveryJob;
    expect(toJobForm(job, NOW)).toEqual(form);
  });
});
