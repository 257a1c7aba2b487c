import { expect, test } from 'vitest';
import { findMissingInputs } from './missing-inputs.ts';

test('a host without a system bus cannot start systemd_units, one with a bus can, and Windows is not asked', async () => {
  expect(await findMissingInputs('linux', '/nonexistent/bus')).toEqual([
    { plugin: 'systemd_units', reason: 'systemd does not run on this host: there is no /nonexistent/bus' },
  ]);
  expect(await findMissingInputs('linux', '/proc')).toEqual([]);
  expect(await findMissingInputs('win32', '/nonexistent/bus')).toEqual([]);
});
