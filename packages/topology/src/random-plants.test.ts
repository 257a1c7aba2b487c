import { seededRandom } from '@stratora/testkit';
import { describe, expect, it } from 'vitest';
import { deriveTopology } from './derive-topology.ts';
import {
  crowdedPorts,
  inventedLinks,
  loseRows,
  missingLinks,
  type Random,
  randomWiring,
  type Trouble,
} from './random-wiring.test-support.ts';
import { CISCO, inputOf, reportsOf } from './reports.test-support.ts';

const PLANTS = 150;
const NONE: Trouble = { silent: 0, cdp: 0, foreign: 0, dumb: 0, lost: 0 };

function run(random: Random, trouble: Trouble) {
  const { wiring, dialects, hasTree } = randomWiring(random, trouble);
  const nodes = reportsOf(wiring, {
    hasTree,
    dialect: ({ name }) => dialects.get(name) ?? CISCO,
    spoil: (node) => loseRows(node, random, trouble.lost),
  });
  const topology = deriveTopology(inputOf(nodes));
  return {
    invented: [...inventedLinks(wiring, topology, dialects), ...crowdedPorts(topology)],
    missing: trouble.lost > 0 ? [] : missingLinks(wiring, topology, dialects),
    links: topology.links.length,
  };
}

describe('plants drawn by chance', () => {
  it.each<[string, Trouble]>([
    ['where every switch speaks', NONE],
    ['where some switches say nothing', { ...NONE, silent: 0.3 }],
    ['where some speak CDP alone, which others pass on', { ...NONE, cdp: 0.3 }],
    ['where some are no nodes', { ...NONE, foreign: 0.3 }],
    ['with dumb switches between', { ...NONE, dumb: 0.3 }],
    ['where rows get lost', { ...NONE, lost: 0.4 }],
  ])(
    '%s are drawn without a link that is not there, and with every link that two ends tell of',
    (_, trouble) => {
      const { random, seed } = seededRandom(7);
      let links = 0;
      for (let plant = 0; plant < PLANTS; plant += 1) {
        const found = run(random, trouble);
        expect({ seed, plant, invented: found.invented, missing: found.missing }).toEqual({
          seed,
          plant,
          invented: [],
          missing: [],
        });
        links += found.links;
      }
      expect(links).toBeGreaterThan(PLANTS);
    },
  );
});
