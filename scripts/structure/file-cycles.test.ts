import { expect, it } from 'vitest';
import { fileCycles } from './file-cycles.ts';

it('names a circle, also one of types alone, and passes a chain', () => {
  const files = [
    { path: 'packages/a/src/a.ts', text: "import { b } from './b.ts';" },
    { path: 'packages/a/src/b.ts', text: "import type { C } from './inner/c.ts';" },
    { path: 'packages/a/src/inner/c.ts', text: "export { d } from '../d.ts';" },
    { path: 'packages/a/src/d.ts', text: '' },
  ];
  expect(fileCycles(files)).toEqual([]);
  const closed = files.with(3, { path: 'packages/a/src/d.ts', text: "import type { A } from './a.ts';" });
  expect(fileCycles(closed)).toEqual([
    'circle of files: packages/a/src/a.ts -> packages/a/src/b.ts -> packages/a/src/inner/c.ts -> packages/a/src/d.ts -> packages/a/src/a.ts',
  ]);
});

it('names a file that imports itself', () => {
  expect(fileCycles([{ path: 'a/a.ts', text: "import { x } from './a.ts';" }])).toHaveLength(1);
});
