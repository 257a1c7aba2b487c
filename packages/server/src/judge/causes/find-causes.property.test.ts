import { seededRandom } from '@stratora/testkit';
import { describe, expect, it } from 'vitest';
import { OutageSimulation, WAIT_STEPS } from './outage-simulation.test-support.ts';
import { CALM_FROM, PLANT_KINDS, type RandomPlant, randomPlant } from './random-plant.test-support.ts';

const PLANTS = 10_000;
/** Steps until a fault with nothing broken before it is told of, at the latest: noticed, doubted twice, and late news. */
const TOLD_WITHIN = 3 * WAIT_STEPS + 4;
const STEPS = CALM_FROM + TOLD_WITHIN + WAIT_STEPS;

interface Tally {
  faults: number;
  told: number;
  outages: number;
  falselyTold: number;
}

/** Runs a plant to the end. @throws with the first thing that is wrong */
function run(plant: RandomPlant, tally: Tally): void {
  const simulation = new OutageSimulation(plant);
  for (let step = 1; step <= STEPS; step += 1) {
    const causes = simulation.advance();
    const lost = simulation.untold(TOLD_WITHIN);
    if (lost.length > 0) throw new Error(`step ${step}: nobody was told of ${lost.join()}`);
    if (step < STEPS) continue;
    const visible = simulation.visibleFaults.toSorted();
    expect([...(causes?.causes ?? [])].toSorted()).toEqual(visible);
    const others = simulation.downNodes.filter((id) => !visible.includes(id));
    expect([...(causes?.behind.keys() ?? [])].toSorted()).toEqual(others.toSorted());
    for (const cause of causes?.behind.values() ?? []) expect(visible).toContain(cause);
    tally.outages += others.length + visible.length;
  }
  for (const { node, step, wasBroken, doubtedFor } of simulation.told) {
    tally.told += 1;
    if (wasBroken) continue;
    tally.falselyTold += 1;
    if (doubtedFor < 2 * WAIT_STEPS) throw new Error(`step ${step}: told of ${node}, which was never broken`);
  }
  tally.faults += plant.faults.length;
}

describe('findCauses', () => {
  it.each(PLANT_KINDS)(
    'tells of each true fault once and of nothing else, in any order: %s',
    (kind) => {
      const { random, seed } = seededRandom(20_261_129);
      const tally: Tally = { faults: 0, told: 0, outages: 0, falselyTold: 0 };
      for (let count = 0; count < PLANTS / PLANT_KINDS.length; count += 1) {
        const plant = randomPlant(random, kind);
        try {
          run(plant, tally);
        } catch (error) {
          throw new Error(`seed ${seed}, plant ${count}: ${JSON.stringify(plant)}`, { cause: error });
        }
      }
      expect(tally.told).toBeGreaterThan(PLANTS / 20);
      expect(tally.outages).toBeGreaterThan(PLANTS / 20);
      // One that came back, broke and came back again within two detection intervals, over and over.
      expect(tally.falselyTold).toBeLessThan(tally.told / 500);
    },
    60_000,
  );
});
