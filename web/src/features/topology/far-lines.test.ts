import { expect, it } from 'vitest';
import { farPaths } from './far-lines.tsx';
import { emphasisOf } from './map-elements.ts';
import { toMapModel } from './map-model.ts';
import { placesOf } from './map-places.ts';
import { endOf, linkOf, nodeOf, topologyOf } from './topology-sample.test-support.ts';

it('lines from afar are one path for all that look alike, with what is meant above the rest', () => {
  const model = toMapModel(
    topologyOf({
      nodes: ['a', 'b', 'c', 'd'].map((id, at) => nodeOf(id, { x: at * 10, y: 0 })),
      links: [
        linkOf('ab', endOf('a'), endOf('b')),
        linkOf('bc', endOf('b'), endOf('c')),
        linkOf('cd', endOf('c'), endOf('d'), { state: 'down' }),
      ],
    }),
  );
  const places = placesOf(model.nodes);
  expect([...farPaths(model.lines, emphasisOf(model, undefined), places)]).toEqual([
    ['map-line-up', 'M0,0L10,0M10,0L20,0'],
    ['map-line-down', 'M20,0L30,0'],
  ]);
  expect([...farPaths(model.lines, emphasisOf(model, 'ab'), places)]).toEqual([
    ['map-line-up map-dim', 'M10,0L20,0'],
    ['map-line-down map-dim', 'M20,0L30,0'],
    ['map-line-up map-chosen', 'M0,0L10,0'],
  ]);
});
