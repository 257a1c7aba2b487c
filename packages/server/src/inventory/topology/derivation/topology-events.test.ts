import type { GoneLink } from '@stratora/topology';
import { describe, expect, it } from 'vitest';
import { type EventDraft, type TopologyStep, topologyEvents } from './topology-events.ts';
import { idOf, link, NOW, neighbour, previous } from './topology-scene.test-support.ts';

const NAMES = new Map(['core', 'edge', 'spare'].map((name) => [idOf(name), name]));

function eventsOf(step: Partial<TopologyStep>): EventDraft[] {
  return topologyEvents({
    previous: previous(),
    links: [],
    neighbours: [],
    gone: [],
    nameOf: ({ id }) => NAMES.get(id) ?? 'pump',
    siteOf: () => idOf('site'),
    at: new Date(NOW).toISOString(),
    ...step,
  });
}
const told = (step: Partial<TopologyStep>) => eventsOf(step).map(({ kind, detail }) => `${kind}: ${detail}`);
const gone = (text: string, why: GoneLink['why'], words = 'edge is seen at spare'): GoneLink => ({
  id: link(text).id,
  why,
  words,
});

describe('topologyEvents', () => {
  it('tells of links that are new, and names both ends', () => {
    const [event] = eventsOf({ links: [link('core 1 - edge 2')] });
    expect(event).toEqual({
      at: '2026-11-01T12:00:00.000Z',
      kind: 'link_appeared',
      site_id: idOf('site'),
      node_ids: [idOf('core'), idOf('edge')],
      link_id: link('core 1 - edge 2').id,
      detail: 'core 1 - edge 2 is new.',
    });
  });

  it('tells of states as they change, and of nothing that stays', () => {
    const before = previous({ links: [link('core 1 - edge 2')] });
    const now = (state: 'up' | 'down' | 'stale') => ({
      previous: before,
      links: [link('core 1 - edge 2', { state })],
    });
    expect(told(now('up'))).toEqual([]);
    expect(told(now('down'))).toEqual(['link_down: core 1 - edge 2 is down.']);
    expect(told(now('stale'))).toEqual([
      'link_stale: core 1 - edge 2 is not seen any more, though its ports are up.',
    ]);
    const down = previous({ links: [link('core 1 - edge 2', { state: 'down' })] });
    expect(told({ previous: down, links: before.links })).toEqual(['link_up: core 1 - edge 2 is up again.']);
  });

  it('tells why a link went, and nothing where another says the same or its node was deleted', () => {
    const before = previous({ links: [link('core 1 - edge 2')] });
    expect(told({ previous: before, gone: [gone('core 1 - edge 2', 'moved')] })).toEqual([
      'link_moved: core 1 - edge 2: edge is seen at spare.',
    ]);
    expect(
      told({ previous: before, gone: [gone('core 1 - edge 2', 'faded', 'unseen for 14 days')] }),
    ).toEqual(['link_gone: core 1 - edge 2: unseen for 14 days.']);
    expect(told({ previous: before, gone: [gone('core 1 - edge 2', 'node_gone')] })).toEqual([]);
    const better = [link('core 1 - edge 3')];
    expect(told({ previous: before, gone: [gone('core 1 - edge 2', 'replaced')], links: better })).toEqual(
      [],
    );
  });

  it('says nothing of what people alone know', () => {
    expect(told({ links: [link('core - edge', { sources: ['manual'] })] })).toEqual([]);
  });

  it('tells of devices that come and go', () => {
    const pump = neighbour('pump-7', 'core 4');
    expect(told({ neighbours: [pump] })).toEqual(['device_appeared: pump-7 is new at core 4.']);
    expect(told({ previous: previous({ neighbours: [pump] }) })).toEqual([
      'device_gone: pump-7 is not seen any more at core 4.',
    ]);
  });

  it('tells of very many at once by their number', () => {
    const many = (length: number) =>
      Array.from({ length }, (_, index) => link(`core ${index} - edge ${index}`));
    expect(told({ links: many(50) })).toHaveLength(50);
    expect(told({ links: many(51) })).toEqual(['link_appeared: 51 links are new.']);
  });
});
