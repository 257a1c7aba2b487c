// Child process of the interface-walk bench: the simulated devices. Ends when its standard input does.
import { MibImage, networkDeviceObjects, startPlant } from '@stratora/simulator';
import { DEVICES, INTERFACES, INTERVAL_MS, SMALL_INTERFACES } from './interface-walk-plan.ts';

/** Time before a full interval at which the values move. */
const LEAD_MS = 2_000;

// Values move once an interval and between the walks: to encode 230,000 of them takes a device of this size as long as
// a walk does, and that would be counted as the engine's time.
const nowMs = (): number => Math.floor((Date.now() + LEAD_MS) / INTERVAL_MS) * INTERVAL_MS;
const imageOf = (ports: number): MibImage => new MibImage(networkDeviceObjects({ ports, hasHost: false }));
const image = imageOf(INTERFACES);
const small = imageOf(SMALL_INTERFACES);
const move = (): void => image.moveTo(Math.floor(nowMs() / 1_000));
move();
const plant = await startPlant({
  nowMs,
  devices: [
    { address: DEVICES.plain, image },
    { address: DEVICES.silent, image, behaviour: { kind: 'noBulk', by: 'silent' } },
    { address: DEVICES.error, image, behaviour: { kind: 'noBulk', by: 'error' } },
    { address: DEVICES.small, image: small },
  ],
});
setInterval(move, 100);
process.stdout.write(`${plant.port}\n`);
process.stdin.resume();
process.stdin.once('end', () => {
  void plant.stop().then(() => process.exit(0));
});
