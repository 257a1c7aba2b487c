import { expect, it } from 'vitest';
import { buildNetwork } from '../causes/index.ts';
import { AlertHolds } from './alert-holds.ts';
import { type Condition, ConditionStore } from './condition-store.ts';
import type { Hearing } from './hearing.ts';
import type { NodeView } from './node-view.ts';

const SECOND = 1000;

function view(hearing: Hearing): NodeView {
  return { hearing, lastSeenAt: 1, lookBackSeconds: 30 } as NodeView;
}

/** The outage of a node, which has just fired. */
function outage(subject: string): Condition {
  const condition = new ConditionStore([]).add({ family: 'node_unreachable', subject, instance: '' }, 0, {});
  Object.assign(condition.state, { phase: 'firing', level: 3 });
  condition.rule = {
    definition: { kind: 'reachability' },
    condition: { durationMs: 0 },
  } as Condition['rule'];
  return condition;
}

it('what died behind a node that nobody can judge is told of after one detection interval, once', async () => {
  const network = buildNetwork({
    nodes: [
      { id: 'core', port: 'c1' },
      { id: 'edge', port: 'c2' },
    ],
    devices: [],
    links: [],
    parents: [['edge', 'core']],
    hosts: [],
    entries: [],
  });
  const silence = { rawMs: 400 * SECOND, countedMs: 400 * SECOND };
  const views = new Map([
    ['core', view({ kind: 'unknown', reason: 'Its collector is away.' })],
    ['edge', view({ kind: 'known', isFresh: false, node: silence, agent: undefined })],
  ]);
  const holds = new AlertHolds();
  const active = [outage('edge')];
  const told: string[] = [];
  for (let now = 0; now <= 300 * SECOND; now += 10 * SECOND) {
    const changes = await holds.decide({ ofNodes: active, ofOthers: [] }, views, {
      network: async () => network,
      now,
      maintenance: new Map(),
    });
    told.push(...changes.map(({ kind }) => `${now / SECOND} ${kind}`));
  }
  expect(told).toEqual(['0 hold', '30 release']);
});
