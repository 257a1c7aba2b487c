import { expect, it } from 'vitest';
import { unusedDependencies } from './unused-dependencies.ts';

function faults(folder: string, dependency: string, path: string, text: string): string[] {
  const workspace = { folder, name: folder, dependencies: { [dependency]: '1.0.0' }, devDependencies: {} };
  return unusedDependencies([workspace], [{ path: `${folder}/src/${path}`, text }]);
}

it('refuses a dependency that no file of the workspace names', () => {
  expect(faults('packages/engine', '@stratora/snmp', 'a.ts', "import { x } from 'snmp';")).toEqual([
    'packages/engine/package.json: @stratora/snmp is not used',
  ]);
  expect(faults('packages/engine', 'pg', 'a.ts', '')).toHaveLength(1);
});

it('takes an import, of a part too, for use', () => {
  expect(
    faults('web', '@stratora/contract', 'a.tsx', "import { x } from '@stratora/contract/wire';"),
  ).toEqual([]);
  expect(faults('web', 'react-dom', 'a.tsx', "const page = await import('react-dom/client');")).toEqual([]);
  expect(faults('web', '@types/react', 'a.tsx', "import { useState } from 'react';")).toEqual([]);
});

it('does not take a test of production code for use of a room, and takes one of testkit for it', () => {
  const text = "import { x } from '@stratora/engine';";
  expect(faults('packages/telegraf', '@stratora/engine', 'a.test.ts', text)).toHaveLength(1);
  expect(faults('e2e', '@stratora/engine', 'a.test.ts', text)).toEqual([]);
});
