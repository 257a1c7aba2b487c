import { describe, expect, it } from 'vitest';
import {
  formatBitsPerSecond,
  formatBytes,
  formatBytesPerSecond,
  formatDuration,
  formatNumber,
  formatValue,
  plural,
  unbrokenValues,
} from './units.ts';

describe('numbers', () => {
  it('have three significant digits and no tail of zeros', () => {
    expect([0, 0.0123, 1.256, 12.56, 125.6, 1250].map(formatNumber)).toEqual([
      '0',
      '0.012',
      '1.26',
      '12.6',
      '126',
      '1,250',
    ]);
  });

  it('that are too small to write are said to be so, and those that are none are a dash', () => {
    expect(formatNumber(0.00001)).toBe('<0.001');
    expect(formatNumber(Number.NaN)).toBe('–');
    expect(formatValue(undefined, 'percent')).toBe('–');
    expect(formatValue(null, 'bytes')).toBe('–');
  });
});

describe('amounts', () => {
  it('of memory and storage step by 1024', () => {
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(1023)).toBe('1,023 B');
    expect(formatBytes(1024)).toBe('1 KiB');
    expect(formatBytes(1536 * 1024)).toBe('1.5 MiB');
    expect(formatBytes(2 ** 40)).toBe('1 TiB');
  });

  it('of throughput step by 1000', () => {
    expect(formatBytesPerSecond(1_250_000)).toBe('1.25 MB/s');
    expect(formatBitsPerSecond(1e10)).toBe('10 Gbit/s');
    expect(formatBitsPerSecond(0)).toBe('0 bit/s');
  });

  it('just below a step take the larger unit instead of four digits', () => {
    expect(formatBitsPerSecond(999_600)).toBe('1 Mbit/s');
    expect(formatBytes(1023.9 * 1024)).toBe('1 MiB');
  });

  it('below zero keep their sign', () => {
    expect(formatBytesPerSecond(-2_000_000)).toBe('-2 MB/s');
  });

  it('are counted with the right word', () => {
    expect(plural(1, 'node')).toBe('1 node');
    expect(plural(10_000, 'node')).toBe('10,000 nodes');
    expect(plural(2, 'series', 'series')).toBe('2 series');
  });
});

describe('durations', () => {
  it('are written in their two largest steps', () => {
    expect(formatDuration(45)).toBe('45 s');
    expect(formatDuration(60)).toBe('1 min');
    expect(formatDuration(3_725)).toBe('1 h 2 min');
    expect(formatDuration(86_400 * 12 + 3_600 * 4 + 59)).toBe('12 d 4 h');
  });

  it('below a second are milliseconds', () => {
    expect(formatDuration(0.25)).toBe('250 ms');
    expect(formatValue(1500, 'milliseconds')).toBe('1.5 s');
  });

  it('never show 60 s where a minute is meant', () => {
    expect(formatDuration(59.7)).toBe('1 min');
  });
});

describe('values in a sentence', () => {
  const shown = (sentence: string) => unbrokenValues(sentence).replaceAll('\u00a0', '_');

  it('stay with their units', () => {
    expect(shown('edge-1 was restarted 24 min ago')).toBe('edge-1 was restarted 24_min ago');
    expect(shown('97.2 %, above 95 %')).toBe('97.2_%, above 95_%');
    expect(shown('1.2 MB/s of 10 Mbit/s, 4 GiB, 31 °C, 7 days')).toBe(
      '1.2_MB/s of 10_Mbit/s, 4_GiB, 31_°C, 7_days',
    );
    expect(shown('for 2 h 5 min, not 12 d 4 h')).toBe('for 2_h_5_min, not 12_d_4_h');
  });

  it('leave words after other numbers alone', () => {
    const sentence = 'Port 24 minutes the 3 server of 12 devices; 5 m';
    expect(shown(sentence)).toBe(sentence);
  });
});
