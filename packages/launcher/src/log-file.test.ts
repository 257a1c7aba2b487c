import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogFile } from './log-file.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stratora-log-'));
  path = join(folder, 'x.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (suffix = '') => readFileSync(path + suffix, 'utf8');

describe('LogFile', () => {
  it('appends to what a run before has left, readable by its owner only', () => {
    for (const line of ['one', 'two\n']) {
      const log = new LogFile({ path });
      log.write(line);
      log.close();
    }
    expect(read()).toBe('one\ntwo\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('puts a full file aside and keeps so many of them', () => {
    const log = new LogFile({ path, maxBytes: 10, keep: 2 });
    for (const line of ['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee', 'ffff', 'gggg']) log.write(line);
    log.close();
    expect(read()).toBe('gggg\n');
    expect(read('.1')).toBe('eeee\nffff\n');
    expect(read('.2')).toBe('cccc\ndddd\n');
    expect(existsSync(`${path}.3`)).toBe(false);
  });

  it('counts what was there before it was opened', () => {
    const first = new LogFile({ path, maxBytes: 10, keep: 1 });
    first.write('12345678');
    first.close();
    const second = new LogFile({ path, maxBytes: 10, keep: 1 });
    second.write('next');
    second.close();
    expect(read()).toBe('next\n');
    expect(read('.1')).toBe('12345678\n');
  });

  it('writes a line longer than a whole file all the same', () => {
    const log = new LogFile({ path, maxBytes: 4, keep: 1 });
    log.write('a long line');
    log.write('b');
    log.close();
    expect(read('.1')).toBe('a long line\n');
  });

  it('goes on after a fault, such as a folder that was away', () => {
    const log = new LogFile({ path: join(folder, 'later', 'x.log') });
    expect(() => log.write('lost')).not.toThrow();
    log.close();
  });
});
