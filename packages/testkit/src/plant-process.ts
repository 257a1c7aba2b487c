// Runs a plant of simulated devices in a process of its own, which may be in another network namespace. Takes one
// argument, the JSON of `PlantPlan`; prints its port and runs until its standard input ends.
import { MibImage, networkDeviceObjects, startPlant } from '@stratora/simulator';
import type { PlantPlan } from './remote-plant.ts';

const plan = JSON.parse(process.argv[2] ?? '') as PlantPlan;
const image = new MibImage(networkDeviceObjects({ ports: plan.ports }));
const plant = await startPlant({
  devices: plan.devices.map(({ address, behaviour }) => ({ address, image, name: address, behaviour })),
  port: plan.port,
});
process.stdout.write(`${plant.port}\n`);
process.stdin.resume();
process.stdin.once('end', () => {
  void plant.stop().then(() => process.exit(0));
});
