// Runs a plant of simulated devices in a process of its own, which may be in another network namespace. Each line of its standard
// input is the JSON of a `PlantPlan`, which replaces the one before; prints the port after each, and runs until its input ends.
import { createInterface } from 'node:readline';
import {
  type DeviceSpec,
  MibImage,
  networkDeviceObjects,
  type Plant,
  startPlant,
  WiredObjects,
} from '@stratora/simulator';
import type { PlantPlan } from './remote-plant.ts';

function specsOf({ devices = [], ports = 1, wired }: PlantPlan): DeviceSpec[] {
  const image = new MibImage(networkDeviceObjects({ ports }));
  const alike = devices.map(({ address, behaviour }) => ({ address, image, name: address, behaviour }));
  if (wired === undefined) return alike;
  const { wiring, names } = wired;
  const objects = new WiredObjects(wiring);
  const answering = wiring.devices.flatMap(({ name, address }) =>
    address === undefined || !names.includes(name)
      ? []
      : [{ address, image: new MibImage(objects.device(name)) }],
  );
  return [...alike, ...answering];
}

let plant: Plant | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const plan = JSON.parse(line) as PlantPlan;
  const devices = specsOf(plan);
  await plant?.stop();
  plant = await startPlant({ devices, port: plan.port });
  process.stdout.write(`${plant.port}\n`);
}
await plant?.stop();
process.exit(0);
