import { describe, expect, it } from 'vitest';
import { held, MINUTE, NOW, scene, WAIT } from './cause-scene.test-support.ts';

const { find } = scene('core > switch > host', 'switch > printer', 'core > other');

describe('an outage', () => {
  it('is told of where nothing explains it', () => {
    expect(held(find({ down: ['switch'] }), 'switch')).toBeUndefined();
  });

  it('behind another is held by that', () => {
    expect(held(find({ down: ['switch', 'host'] }), 'host')).toEqual({ by: 'upstream', nodeId: 'switch' });
  });

  it('behind a suspected node waits for one to be certain', () => {
    const young = { down: { host: NOW }, suspected: ['switch'] };
    expect(held(find(young), 'host')).toEqual({ by: 'upstream', nodeId: 'switch', untilMs: NOW + 2 * WAIT });
    const noticed = find({ down: { host: NOW, switch: NOW + MINUTE }, nowMs: NOW + MINUTE });
    expect(held(noticed, 'host', { doubtedSince: NOW })).toEqual({ by: 'upstream', nodeId: 'switch' });
    expect(held(noticed, 'switch')).toBeUndefined();
    const cleared = find({ down: { host: NOW }, nowMs: NOW + MINUTE });
    expect(held(cleared, 'host', { doubtedSince: NOW })).toBeUndefined();
  });

  it('does not wait where another way is in no doubt', () => {
    const double = scene('core > left > host', 'core > right > host');
    expect(held(double.find({ down: ['host'], suspected: ['left'] }), 'host')).toBeUndefined();
    expect(held(double.find({ down: ['host', 'right'], suspected: ['left'] }), 'host')).toMatchObject({
      nodeId: 'left',
    });
  });

  it('waits behind a node that has just returned, and is told of after that', () => {
    const returned = { switch: NOW - MINUTE };
    const still = find({ down: ['host'], returned });
    expect(held(still, 'host')).toEqual({ by: 'upstream', nodeId: 'switch', untilMs: NOW + 2 * WAIT });
    const later = find({ down: ['host'], returned, nowMs: NOW - MINUTE + WAIT });
    expect(held(later, 'host', { doubtedSince: NOW - MINUTE })).toBeUndefined();
  });

  it('is told of after two intervals, however often a node before it comes and goes', () => {
    const coming = find({ down: ['host'], returned: { switch: NOW } });
    expect(held(coming, 'host', { doubtedSince: NOW - 2 * WAIT + 1 })).toMatchObject({ untilMs: NOW + 1 });
    expect(held(coming, 'host', { doubtedSince: NOW - 2 * WAIT })).toBeUndefined();
  });

  it('behind a node that nobody can judge waits for one interval, and that node is no cause', () => {
    const causes = find({ down: ['host'], unknown: ['switch'] });
    expect([...causes.causes]).toEqual(['host']);
    expect(held(causes, 'host')).toEqual({ by: 'upstream', nodeId: 'switch', untilMs: NOW + WAIT });
    expect(held(causes, 'host', { doubtedSince: NOW - WAIT })).toBeUndefined();
  });
});

describe('maintenance', () => {
  it('holds the outage of its own node', () => {
    const causes = find({ down: ['switch', 'host'], inMaintenance: ['host'] });
    expect(held(causes, 'host')).toEqual({ by: 'maintenance', nodeId: 'host' });
    expect(held(causes, 'switch')).toBeUndefined();
  });

  it('covers what is behind, whether its node is down or not', () => {
    const covered = { by: 'maintenance', nodeId: 'switch' };
    expect(held(find({ down: ['switch', 'host'], inMaintenance: ['switch'] }), 'host')).toEqual(covered);
    expect(held(find({ down: ['host'], inMaintenance: ['switch'] }), 'host')).toEqual(covered);
    const deeper = scene('core > switch > edge > host').find({
      down: ['edge', 'host'],
      inMaintenance: ['switch'],
    });
    expect(held(deeper, 'host')).toEqual(covered);
    expect(held(deeper, 'edge')).toEqual(covered);
  });

  it('covers nothing that another way leads to', () => {
    const double = scene('core > left > host', 'core > right > host');
    expect(held(double.find({ down: ['host'], inMaintenance: ['left'] }), 'host')).toBeUndefined();
  });

  it('ends with its window: what is still down is told of', () => {
    expect(held(find({ down: ['switch', 'host'] }), 'switch')).toBeUndefined();
    expect(held(find({ down: ['host'] }), 'host')).toBeUndefined();
  });

  it('of a node that works keeps no other alert of those behind it back', () => {
    const causes = find({ down: ['host'], inMaintenance: ['switch'] });
    expect(held(causes, 'printer', { fired: NOW })).toBeUndefined();
  });
});

describe('another alert of a node', () => {
  it('is held while the node is down, by that, whatever the node is behind', () => {
    const causes = find({ down: ['switch', 'host'] });
    expect(held(causes, 'host', { fired: NOW })).toEqual({ by: 'unreachable', nodeId: 'host' });
    expect(held(causes, 'switch', { fired: NOW })).toEqual({ by: 'unreachable', nodeId: 'switch' });
  });

  it('is held where the node is behind a cause and its own outage is not noticed yet', () => {
    const causes = find({ down: ['switch'], suspected: ['printer'] });
    expect(held(causes, 'printer', { fired: NOW })).toEqual({ by: 'upstream', nodeId: 'switch' });
    expect(held(causes, 'other', { fired: NOW })).toBeUndefined();
  });

  it('is told of where the node answers all the time, whatever the graph says', () => {
    const causes = find({ down: ['switch'], steady: ['printer'] });
    expect(held(causes, 'printer', { fired: NOW })).toBeUndefined();
  });

  it('from before an outage is held until the node was measured again; a new one is told of', () => {
    const causes = find({ returned: { switch: NOW - MINUTE } });
    const untilMs = NOW - MINUTE + WAIT;
    expect(held(causes, 'switch', { fired: NOW - 2 * MINUTE })).toEqual({
      by: 'unreachable',
      nodeId: 'switch',
      untilMs,
    });
    expect(held(causes, 'switch', { fired: NOW })).toBeUndefined();
    const later = find({ returned: { switch: NOW - MINUTE }, nowMs: untilMs });
    expect(held(later, 'switch', { fired: NOW - 2 * MINUTE })).toBeUndefined();
  });

  it('that has the outage in it is held until the node was measured for the duration of the rule', () => {
    const returned = { switch: NOW - 30_000 };
    const untilMs = NOW - 30_000 + WAIT + MINUTE;
    const causes = find({ returned });
    expect(held(causes, 'switch', { fired: NOW, durationMs: MINUTE })).toEqual({
      by: 'unreachable',
      nodeId: 'switch',
      untilMs,
    });
    expect(held(causes, 'switch', { fired: NOW, durationMs: 20_000 })).toBeUndefined();
    const later = find({ returned, nowMs: untilMs });
    expect(held(later, 'switch', { fired: NOW, durationMs: MINUTE })).toBeUndefined();
  });
});
