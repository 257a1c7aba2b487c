import { describe, expect, it } from 'vitest';
import { openTerminal } from './terminal-output.ts';

function open(isTTY: boolean) {
  let text = '';
  const stream = { isTTY, write: (part: string) => void (text += part) };
  return { terminal: openTerminal(stream, stream, () => new Date(2026, 0, 1, 9, 5, 7)), text: () => text };
}

describe('openTerminal', () => {
  it('writes one line per status', () => {
    const { terminal, text } = open(false);
    terminal.status('backend', 'started');
    terminal.print('Stratora is ready at https://127.0.0.1:8443');
    expect(text()).toBe('09:05:07  backend           started\nStratora is ready at https://127.0.0.1:8443\n');
  });

  it('shows plain lines of progress where there is no terminal, one per tenth', () => {
    const { terminal, text } = open(false);
    for (let received = 0; received <= 100; received += 1) terminal.progress(received * 1e5, 1e7);
    expect(text().trim().split('\n')).toHaveLength(11);
    expect(text()).toContain('  10.0 of 10.0 MB\n');
    expect(text()).not.toContain('\r');
  });

  it('draws a bar on a terminal and ends it before the next line', () => {
    const { terminal, text } = open(true);
    terminal.progress(5e6, 1e7);
    terminal.print('next');
    expect(text()).toMatch(/^\r {2}\[#{15}-{15}\] 5\.0 of 10\.0 MB {2}\nnext\n$/);
  });
});
