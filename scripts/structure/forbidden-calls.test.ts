import { expect, it } from 'vitest';
import { callFaults } from './forbidden-calls.ts';

const faults = (path: string, text: string) => callFaults([{ path, text }]);

it.each(['const a = Date.now();', 'new Date()', 'new Date( )', 'performance.timeOrigin'])(
  "refuses the browser's clock in the web UI, but for the one place that corrects it: %s",
  (text) => {
    expect(faults('web/src/features/nodes/panel-data.ts', text)).toHaveLength(1);
    expect(faults('web/src/ui/state/clock.ts', text)).toEqual([]);
    expect(faults('web/src/ui/state/clock.test.ts', text)).toEqual([]);
    expect(faults('packages/server/src/app.ts', text)).toEqual([]);
  },
);

it('lets the web UI read a moment that was given', () => {
  expect(faults('web/src/ui/time-text.tsx', 'Date.parse(time); new Date(ms)')).toEqual([]);
});

it('refuses folders that are made by a recursive mkdir', () => {
  const text = 'await mkdir(join(a, b), {\n  recursive: true,\n});';
  expect(faults('packages/launcher/src/launcher.ts', text)).toHaveLength(1);
  expect(faults('services/stratora/src/cli.ts', 'mkdirSync(a, { recursive: true })')).toHaveLength(1);
  expect(faults('packages/launcher/src/launcher.ts', 'await mkdir(a); rm(b, { recursive: true })')).toEqual(
    [],
  );
  expect(faults('packages/launcher/src/launcher.test.ts', text)).toEqual([]);
});
