import { describe, expect, it } from 'vitest';
import { parseTelegrafLine, telegrafFaults } from './telegraf-log.ts';

describe('a line of the log of Telegraf', () => {
  it('has a level, a plugin, the alias of its block and a message', () => {
    const line = '2026-03-04T05:06:07Z E! [inputs.snmp::n-17] Error in plugin: agent 10.0.0.1: timeout';
    expect(parseTelegrafLine(line)).toEqual({
      level: 'error',
      plugin: 'inputs.snmp',
      alias: 'n-17',
      message: 'Error in plugin: agent 10.0.0.1: timeout',
    });
  });

  it('may be about the whole, and in local time', () => {
    const line = '2026-03-04T05:06:07.123+01:00 I! Starting Telegraf 1.39.3';
    expect(parseTelegrafLine(line)).toEqual({ level: 'info', message: 'Starting Telegraf 1.39.3' });
  });

  it('has no alias where the block has none', () => {
    expect(parseTelegrafLine('2026-03-04T05:06:07Z W! [agent] slow')).toEqual({
      level: 'warn',
      plugin: 'agent',
      message: 'slow',
    });
  });

  it('is no warning when it is said at every start', () => {
    const line = '2026-03-04T05:06:07Z W! Running without secret protection!';
    expect(parseTelegrafLine(line)?.level).toBe('debug');
  });

  it('is bounded, and carries no control characters of a device', () => {
    const text = `\u001b[31m${'x'.repeat(100_000)}`;
    const message = parseTelegrafLine(`2026-03-04T05:06:07Z E! [inputs.snmp::a] ${text}`)?.message ?? '';
    expect(message.length).toBeLessThanOrEqual(4096);
    expect(message).not.toContain('\u001b');
    expect(message).toContain('xxx');
  });

  it.each(['', 'panic: runtime error', 'goroutine 1 [running]:', '2026-03-04T05:06:07Z', '2026-03-04 E! x'])(
    'is not %j',
    (line) => {
      expect(parseTelegrafLine(line)).toBeUndefined();
    },
  );
});

describe('what a check says', () => {
  it('is the errors without their times', () => {
    const output = '2026-03-04T05:06:07Z I! Loading\n2026-03-04T05:06:07Z E! error parsing a.conf\nmore\n';
    expect(telegrafFaults(output)).toBe('error parsing a.conf');
  });

  it('is whatever was said where there is no error line', () => {
    expect(telegrafFaults('2026-03-04T05:06:07Z I! Loading\nexec format error')).toContain(
      'exec format error',
    );
  });
});
