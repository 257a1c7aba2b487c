import { expect, it } from 'vitest';
import { toMapModel } from './map-model.ts';
import { missingWords } from './missing-words.ts';
import { deviceOf, endOf, linkOf, nodeOf, topologyOf } from './topology-sample.test-support.ts';

it('the reasons of missing links are those of the server and the neighbours that nobody monitors', () => {
  const model = toMapModel(
    topologyOf({
      nodes: [nodeOf('a', { reasons: ['LLDP is off'] }), nodeOf('b')],
      devices: [deviceOf('x'), deviceOf('y'), deviceOf('u', { kind: 'unmanaged_switch' })],
      links: ['x', 'y', 'u'].map((id) => linkOf(`a${id}`, endOf('a'), endOf(id, null, 'device'))),
    }),
  );
  const [a, b] = model.nodes;
  expect(a && missingWords(a, model)).toEqual(['LLDP is off', '2 neighbours are not monitored']);
  expect(b && missingWords(b, model)).toEqual([]);
});
