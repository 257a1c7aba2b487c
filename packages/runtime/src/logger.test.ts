import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';

describe('createLogger', () => {
  it('keeps secrets out of the log at every depth it promises', () => {
    const lines: string[] = [];
    const logger = createLogger({ name: 't', destination: { write: (line) => void lines.push(line) } });
    logger.info(
      {
        password: 'hunter2',
        body: { community: 'hunter2', nested: { api_key: 'hunter2' } },
        headers: { 'x-api-key': 'hunter2', cookie: 'hunter2', authorization: 'hunter2' },
        kept: 'visible',
      },
      'a call',
    );
    expect(lines.join('')).not.toContain('hunter2');
    expect(lines.join('')).toContain('visible');
  });
});
