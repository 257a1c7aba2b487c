import { expect, it } from 'vitest';
import { webLayerFaults } from './web-layers.ts';

function faults(path: string, text: string): string[] {
  return webLayerFaults([{ path: `web/src/${path}`, text }]);
}

it('lets layers import those below them', () => {
  expect(faults('app/a.tsx', "import { x } from '../features/home/home-page.tsx';")).toEqual([]);
  expect(
    faults('features/home/a.tsx', "import { x } from '../../domain/x.ts';\nimport { y } from './b.ts';"),
  ).toEqual([]);
  expect(
    faults('domain/a.tsx', "import { x } from '../ui/button.tsx';\nimport { y } from '../api/list.ts';"),
  ).toEqual([]);
  expect(faults('main.tsx', "import { App } from './app/app.tsx';")).toEqual([]);
});

it.each([
  ['features/home/a.tsx', '../../app/shell.tsx', 'features must not import web/src/app/shell.tsx'],
  ['domain/a.tsx', '../features/home/b.tsx', 'domain must not import web/src/features/home/b.tsx'],
  ['ui/a.tsx', '../domain/b.ts', 'ui must not import web/src/domain/b.ts'],
  ['ui/a.tsx', '../api/b.ts', 'ui must not import web/src/api/b.ts'],
  ['api/a.ts', '../ui/b.ts', 'api must not import web/src/ui/b.ts'],
  ['features/home/a.tsx', '../nodes/b.tsx', 'the feature home must not import web/src/features/nodes/b.tsx'],
  ['ui/a.tsx', '../../dev/b.ts', 'ui must not import web/dev/b.ts'],
])('refuses %s importing %s', (path, target, fault) => {
  for (const text of [
    `import { x } from '${target}';`,
    `import type { X } from '${target}';`,
    `export * from '${target}';`,
    `const x = import('${target}');`,
    `import '${target}';`,
  ])
    expect(faults(path, text)).toEqual([`web/src/${path}: ${fault}`]);
});

it('lets tests import what they like', () => {
  expect(faults('ui/a.test.ts', "import { x } from '../features/home/b.ts';")).toEqual([]);
});
