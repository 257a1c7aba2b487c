import { describe, expect, it } from 'vitest';
import { csvCell, devicesCsv } from './device-export.ts';
import { deviceSample } from './device-sample.test-support.ts';

describe('the export of found devices', () => {
  it.each(['=1+2', '+49 30', '-2+3', '@SUM(A1)', ' =1+2', '\t=1', '\u202e=1'])(
    'makes %j text for a spreadsheet',
    (text) => {
      expect(csvCell(text)).toMatch(/^'[=+\-@]/);
    },
  );

  it('quotes what would begin another cell or line', () => {
    expect(csvCell('a,b')).toBe('"a,b"');
    expect(csvCell('say "x"')).toBe('"say ""x"""');
    expect(csvCell('=HYPERLINK("http://x","y")')).toBe('"\'=HYPERLINK(""http://x"",""y"")"');
    expect(csvCell('a\r\nb')).toBe('a b');
    expect(csvCell('sw-1')).toBe('sw-1');
  });

  it('has one line for each device, as long as the head, whatever they say', () => {
    const hostile = deviceSample({ sys_name: '=cmd|calc', sys_descr: `a"b,\r\n${'x'.repeat(65_536)}` });
    const [head, first, second, end] = devicesCsv([hostile, deviceSample()]).split('\r\n');
    expect(head?.split(',')).toHaveLength(21);
    expect(first?.startsWith("'=cmd|calc,10.0.0.1,")).toBe(true);
    expect(first?.length).toBeLessThan(1_000);
    expect(second?.split(',')).toHaveLength(21);
    expect(end).toBe('');
  });
});
