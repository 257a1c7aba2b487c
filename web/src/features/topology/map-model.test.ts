import { describe, expect, it } from 'vitest';
import { otherEnd, toMapModel } from './map-model.ts';
import { deviceOf, endOf, ghostOf, linkOf, nodeOf, topologyOf } from './topology-sample.test-support.ts';

describe('the model of the map', () => {
  it('has nodes, devices that are none, and the lines between them', () => {
    const model = toMapModel(
      topologyOf({
        nodes: [nodeOf('a'), nodeOf('b')],
        devices: [deviceOf('u', { kind: 'unmanaged_switch', hosts: 4 })],
        links: [linkOf('ab', endOf('a'), endOf('b')), linkOf('au', endOf('a'), endOf('u', null, 'device'))],
      }),
    );
    expect(model.nodes.map(({ id, kind, status }) => [id, kind, status])).toEqual([
      ['a', 'node', 'healthy'],
      ['b', 'node', 'healthy'],
      ['u', 'unmanaged_switch', null],
    ]);
    expect(model.byId.get('u')?.behind).toBe(4);
    expect(model.linesOf.get('a')?.map(({ id }) => id)).toEqual(['ab', 'au']);
    expect(model.linesOf.get('b')?.map((line) => otherEnd(line, 'b'))).toEqual(['a']);
  });

  it('draws lines between the same two beside each other, whichever end they begin at', () => {
    const { lines } = toMapModel(
      topologyOf({
        nodes: [nodeOf('a'), nodeOf('b')],
        links: [linkOf('1', endOf('a'), endOf('b')), linkOf('2', endOf('b'), endOf('a'))],
        ghosts: [ghostOf('g', endOf('a'), endOf('b'))],
      }),
    );
    // Seen from the end that the line begins at: 2 begins at the other one, and lies in the middle.
    expect(lines.map(({ id, lane }) => [id, lane])).toEqual([
      ['1', -1],
      ['2', 0],
      ['g', 1],
    ]);
    const two = toMapModel(
      topologyOf({
        nodes: [nodeOf('a'), nodeOf('b')],
        links: [linkOf('1', endOf('a'), endOf('b')), linkOf('2', endOf('b'), endOf('a'))],
      }),
    ).lines;
    expect(two.map(({ lane }) => lane)).toEqual([-0.5, -0.5]);
  });

  it('leaves out a line whose end stands nowhere, and counts it', () => {
    const model = toMapModel(
      topologyOf({
        nodes: [nodeOf('a')],
        links: [
          linkOf('1', endOf('a'), endOf('gone')),
          linkOf('2', endOf('a'), { ...endOf('x'), node_id: null }),
          linkOf('3', endOf('a'), endOf('a')),
        ],
      }),
    );
    expect(model.lines).toEqual([]);
    expect(model.endless).toBe(3);
  });

  it('gives the same object for a node that has not changed', () => {
    const same = nodeOf('a');
    const first = toMapModel(topologyOf({ nodes: [same, nodeOf('b')] }));
    const later = toMapModel(topologyOf({ nodes: [same, nodeOf('b', { status: 'offline' })] }));
    expect(later.byId.get('a')).toBe(first.byId.get('a'));
    expect(later.byId.get('b')).not.toBe(first.byId.get('b'));
  });
});
