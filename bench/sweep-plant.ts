// Child process of the sweep bench: the simulated devices, on port 161 of the addresses that come as JSON on the first
// line of its standard input. Prints a line when they answer; ends when its input does.
import { createInterface } from 'node:readline';
import { startPlant } from '@stratora/simulator';
import { kindImages } from './sweep-kinds.ts';

const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => {
  const addresses = JSON.parse(line) as string[];
  const images = kindImages();
  const devices = addresses.flatMap((address, at) => {
    const image = images[at % images.length];
    return image === undefined ? [] : [{ address, image, engineName: address }];
  });
  void startPlant({ devices, port: 161 }).then((plant) => {
    process.stdout.write(`${plant.devices.length}\n`);
    lines.once('close', () => {
      void plant.stop().then(() => process.exit(0));
    });
  });
});
