import { describe, expect, it } from 'vitest';
import { deviceLine } from './device-text.ts';

describe('a line of a device', () => {
  it('stays as it is where it is a plain name', () => {
    expect(deviceLine('sw-core-1')).toBe('sw-core-1');
    expect(deviceLine('Gi1/0/4')).toBe('Gi1/0/4');
    expect(deviceLine('Zürich, 東京')).toBe('Zürich, 東京');
  });

  it('loses what turns or hides text, and terminal escapes their escape', () => {
    expect(deviceLine('a\u202egnp.exe')).toBe('a gnp.exe');
    expect(deviceLine('\u001b[31mred\u0007')).toBe('[31mred');
    expect(deviceLine('one\r\n\ttwo\u2066three\u{e0041}')).toBe('one two three');
  });

  it('of 64 KiB is cut, and says so', () => {
    const line = deviceLine('x'.repeat(65_536));
    expect(line).toHaveLength(96);
    expect(line.endsWith('…')).toBe(true);
    expect(deviceLine('x'.repeat(65_536), 12)).toBe('xxxxxxxxxxx…');
  });

  it('is cut between characters, never within one', () => {
    expect(deviceLine('😀'.repeat(5), 4)).toBe('😀😀😀…');
  });

  it('with markup is the same text: React writes it as text', () => {
    expect(deviceLine('<script>alert(1)</script>')).toBe('<script>alert(1)</script>');
  });
});
