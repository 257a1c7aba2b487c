import { describe, expect, it } from 'vitest';
import { packRows, replacesKept, safeJson, unpackRows, WHOLE_STANDS_MS } from './kept-rows.ts';

const NOW = 1_700_000_000_000;
const whole = { hasRows: true, isWhole: true, keptAtMs: NOW - 60_000 };
const part = { ...whole, isWhole: false };
const none = { hasRows: false, isWhole: false, keptAtMs: null };

describe('replacesKept', () => {
  it('lets a whole reading, and the word that there is no such table, replace anything', () => {
    for (const before of [whole, part, none]) {
      expect(replacesKept(before, { state: 'whole' }, NOW)).toBe(true);
      expect(replacesKept(before, { state: 'absent' }, NOW)).toBe(true);
    }
  });

  it('never lets a part replace a whole table that still counts', () => {
    expect(replacesKept(whole, { state: 'part' }, NOW)).toBe(false);
    expect(replacesKept({ ...whole, keptAtMs: NOW - WHOLE_STANDS_MS }, { state: 'part' }, NOW)).toBe(false);
    expect(replacesKept({ ...whole, keptAtMs: NOW - WHOLE_STANDS_MS - 1 }, { state: 'part' }, NOW)).toBe(
      true,
    );
  });

  it('takes a part where nothing whole was read yet, and never a failure', () => {
    expect(replacesKept(part, { state: 'part' }, NOW)).toBe(true);
    expect(replacesKept(none, { state: 'part' }, NOW)).toBe(true);
    for (const before of [whole, part, none])
      expect(replacesKept(before, { state: 'failed' }, NOW)).toBe(false);
  });
});

describe('rows', () => {
  it('are read as they were packed, and the same rows have the same hash', async () => {
    const rows = [
      { if_index: 1, name: 'Gi1/0/1' },
      { if_index: 2, name: null },
    ];
    const { packed, hash } = await packRows(rows);
    expect(unpackRows(packed)).toEqual(rows);
    expect((await packRows(structuredClone(rows))).hash).toEqual(hash);
    expect((await packRows(rows.slice(1))).hash).not.toEqual(hash);
  });

  it('that are damaged are as none', async () => {
    const { packed } = await packRows([{ a: 1 }]);
    expect(unpackRows(packed.subarray(0, packed.length - 5))).toBeUndefined();
    expect(unpackRows(Buffer.from('no gzip'))).toBeUndefined();
    expect(unpackRows(Buffer.alloc(0))).toBeUndefined();
  });

  it('hold no text that could not be kept or would forge what is shown', () => {
    const written = safeJson({ name: 'a\u0000b\u202ec\ud800', long: 'x'.repeat(5000), emoji: '😀 sw' });
    expect(JSON.parse(written)).toEqual({ name: 'abc\ufffd', long: 'x'.repeat(1024), emoji: '😀 sw' });
  });
});
