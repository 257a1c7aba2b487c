import { describe, expect, it } from 'vitest';
import { cardsOf, emphasisOf, linesOf, nodeWords } from './map-elements.ts';
import { toMapModel } from './map-model.ts';
import { placesOf } from './map-places.ts';
import { deviceOf, endOf, linkOf, nodeOf, topologyOf } from './topology-sample.test-support.ts';

const TOPOLOGY = topologyOf({
  nodes: [nodeOf('a', { x: 0, y: 0 }), nodeOf('b', { x: 300, y: 0 }), nodeOf('c', { x: 600, y: 0 })],
  links: [linkOf('ab', endOf('a'), endOf('b')), linkOf('bc', endOf('b'), endOf('c'))],
});
const MODEL = toMapModel(TOPOLOGY);
const NONE = { chosen: undefined, strong: undefined };

function cards(
  model = MODEL,
  emphasis = emphasisOf(MODEL, undefined),
  before: ReturnType<typeof cardsOf> = [],
) {
  return cardsOf({ nodes: model.nodes, places: placesOf(model.nodes), emphasis, isDraggable: false }, before);
}

describe('the elements of the map', () => {
  it('are the same objects as long as nothing of them changes', () => {
    const before = cards();
    const changed = toMapModel({
      ...TOPOLOGY,
      nodes: TOPOLOGY.nodes.map((node) => (node.id === 'c' ? { ...node, status: 'offline' as const } : node)),
    });
    const after = cards(changed, NONE, before);
    expect(after.map((element, at) => element === before[at])).toEqual([true, true, false]);
    const moved = toMapModel({
      ...TOPOLOGY,
      nodes: TOPOLOGY.nodes.map((node) => (node.id === 'b' ? { ...node, y: 80 } : node)),
    });
    expect(cards(moved, NONE, before)[1]?.position).toEqual({ x: 300, y: 80 });
    const lines = linesOf(MODEL.lines, NONE, []);
    expect(linesOf(toMapModel(TOPOLOGY).lines, NONE, lines).map((line, at) => line === lines[at])).toEqual([
      true,
      true,
    ]);
  });

  it('are dim but for what is chosen, its lines, and what is at their other ends', () => {
    const emphasis = emphasisOf(MODEL, 'a');
    expect(cards(MODEL, emphasis).map(({ data }) => 'isDim' in data && data.isDim)).toEqual([
      false,
      false,
      true,
    ]);
    expect(cards(MODEL, emphasis).map(({ selected }) => selected)).toEqual([true, false, false]);
    expect(linesOf(MODEL.lines, emphasis, []).map(({ data }) => data?.isDim)).toEqual([false, true]);
    const line = emphasisOf(MODEL, 'bc');
    expect(cards(MODEL, line).map(({ data }) => 'isDim' in data && data.isDim)).toEqual([true, false, false]);
    expect(emphasisOf(MODEL, 'gone').strong).toBeUndefined();
  });

  it('show what goes dark, and the lines within', () => {
    const emphasis = emphasisOf(MODEL, 'a', ['b', 'c']);
    expect(linesOf(MODEL.lines, emphasis, []).map(({ data }) => data?.isDim)).toEqual([true, false]);
  });
});

describe('what stands on the map, in words', () => {
  it('is its name, what it is and how it is', () => {
    const { nodes } = toMapModel(
      topologyOf({
        nodes: [nodeOf('sw-1', { status: 'offline' })],
        devices: [
          deviceOf('phone \u202egpj', { device_type: 'other' }),
          deviceOf('behind Gi1/0/4', { kind: 'unmanaged_switch' }),
        ],
      }),
    );
    expect(nodes.map(nodeWords)).toEqual([
      'sw-1, Switch, Offline',
      'phone gpj, Other, not monitored',
      'behind Gi1/0/4, unmanaged switch, inferred',
    ]);
  });
});
