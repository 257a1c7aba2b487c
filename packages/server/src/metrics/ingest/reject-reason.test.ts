import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REJECT_REASONS } from './reject-reason.ts';

test('the reference page explains every reason, and no other', () => {
  const page = readFileSync(
    new URL('../../../../../docs/reference/line-protocol.md', import.meta.url),
    'utf8',
  );
  const [, table = ''] = page.split('## Reasons');
  const explained = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(explained).toEqual([...REJECT_REASONS]);
});
