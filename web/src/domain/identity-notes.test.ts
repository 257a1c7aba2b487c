import type { ComponentFlag } from '@stratora/contract';
import { expect, test } from 'vitest';
import { identityNote } from './identity-notes.tsx';

const flag = (code: ComponentFlag['code']): ComponentFlag => ({ code, message: `of ${code}`, since: null });

test('a component says what speaks against its being the machine that its name names, worst first', () => {
  expect(identityNote({ flags: [] })).toBeUndefined();
  expect(identityNote({ flags: [flag('clock_skew'), flag('crash_loop')] })).toBeUndefined();
  expect(identityNote({ flags: [flag('clock_skew'), flag('same_name')] })).toEqual({
    label: 'Same name',
    message: 'of same_name',
  });
  expect(identityNote({ flags: [flag('machine_changed'), flag('same_name')] })?.label).toBe(
    'Another machine',
  );
});
