import { describe, expect, it } from 'vitest';
import { helpRequest } from './cli.ts';
import { COMMANDS, HELP } from './commands.ts';

const ACTIONS: Record<string, readonly string[]> = {
  collector: ['run', 'enroll', 'status'],
  agent: ['run', 'enroll', 'status'],
  engine: ['run', 'check'],
  template: ['preview', 'propose', 'check'],
  alerts: ['list', 'ack'],
  maintenance: ['start', 'list', 'end'],
  'credential-key': ['rotate', 'status'],
};

describe('help', () => {
  it('is asked for at any place of a command line', () => {
    expect(helpRequest('collector', ['run', '--help'])).toEqual(['collector', 'run']);
    expect(helpRequest('collector', ['--help', 'run'])).toEqual(['collector', 'run']);
    expect(helpRequest('collector', ['run', '--server', 'x', '-h'])?.slice(0, 2)).toEqual([
      'collector',
      'run',
    ]);
    expect(helpRequest('help', ['engine', 'check'])).toEqual(['engine', 'check']);
    expect(helpRequest('--help', [])).toEqual([]);
    expect(helpRequest('up', ['--data-dir', 'x'])).toBeUndefined();
    expect(helpRequest('up', ['--', '--help'])).toBeUndefined();
  });

  // Each command loads its own modules: the whole product, together.
  it('of every command and action is its own', { timeout: 120_000 }, async () => {
    const texts = new Map<string, string>();
    for (const [name, command] of Object.entries(COMMANDS)) {
      expect(HELP).toContain(`\n  ${name}`);
      for (const action of [undefined, ...(ACTIONS[name] ?? [])]) {
        const words = ['stratora', name, action].filter(Boolean).join(' ');
        const text = await command.help(action);
        expect(text).toContain(words);
        expect(text.endsWith('\n')).toBe(true);
        expect([...texts.values()]).not.toContain(text);
        texts.set(words, text);
      }
    }
    expect(texts.size).toBe(Object.keys(COMMANDS).length + 18);
  });

  it('of an action names the options of that action alone', async () => {
    const status = await COMMANDS['collector']?.help('status');
    expect(status).toContain('--state-dir');
    expect(status).not.toContain('--token');
    expect(await COMMANDS['collector']?.help('run')).not.toContain('--json');
  });
});
