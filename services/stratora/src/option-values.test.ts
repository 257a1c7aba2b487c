import { envInteger, envOptional, envString } from '@stratora/runtime';
import { describe, expect, it } from 'vitest';
import { CommandLineError } from './command-line-error.ts';
import { readOptions } from './option-values.ts';

const SET = {
  values: {
    port: envInteger({ default: 1161, min: 1, max: 65_535 }),
    name: envOptional(),
    config: envString({ default: 'x' }),
  },
  switches: ['json'],
};

function refusal(args: string[], actions?: string[]): [number, string] {
  try {
    readOptions(args, { ...SET, ...(actions ? { actions } : {}) });
  } catch (error) {
    if (error instanceof CommandLineError) return [error.exitCode, error.message];
    throw error;
  }
  throw new Error('was accepted');
}

describe('the options of a command', () => {
  it('have their defaults, and are read in both spellings', () => {
    expect(readOptions([], SET).values).toEqual({ port: 1161, name: undefined, config: 'x' });
    const read = readOptions(['--port=99', '--name', 'a b', '--json'], SET);
    expect(read.values).toEqual({ port: 99, name: 'a b', config: 'x' });
    expect([...read.switches]).toEqual(['json']);
  });

  it.each(['99999', '0', '-1', '1e3', '0x10', '12.5', 'many', '99999999999999999999'])(
    'refuse the number %s out of range',
    (value) => {
      expect(refusal([`--port=${value}`])).toEqual([1, '--port must be a whole number from 1 to 65535']);
    },
  );

  it('are not empty', () => {
    expect(refusal(['--name', ''])).toEqual([1, '--name is empty']);
    expect(refusal(['--port= '])).toEqual([1, '--port is empty']);
  });

  it('are known, with a value, and with one of the actions', () => {
    expect(refusal(['--prot', '1'])).toEqual([2, expect.stringContaining('--prot')]);
    expect(refusal(['--port'])[0]).toBe(2);
    expect(refusal(['run'])[0]).toBe(2);
    expect(refusal([], ['run', 'check'])).toEqual([2, 'give one of run, check']);
    expect(refusal(['runn'], ['run', 'check'])[0]).toBe(2);
    expect(readOptions(['run', '--port', '1'], { ...SET, actions: ['run', 'check'] }).action).toBe('run');
  });
});
