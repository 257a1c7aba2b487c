import { envInteger, envOptional, envString, onStopRequest } from '@stratora/runtime';
import { runSimulator } from '@stratora/simulator';
import { readOptions } from './option-values.ts';

export const SIMULATE_HELP = `Simulated SNMP devices on the loopback, for trying things out.

Usage: stratora simulate [options]

  --devices N        how many, at most 100000; they get addresses in a row (1)
  --address A        the first address, in 127.0.0.0/8 (127.0.0.1)
  --port N           UDP port of all, 1 to 65535 (1161)
  --ports N          ports of each switch, 1 to 4096 (24)
  --community NAME   of SNMP v1 and v2c (public)
  --capture FILE     a .snmprec capture to tell instead of a synthetic switch
`;

/** Runs `stratora simulate` until it is stopped. */
export async function runSimulateCommand(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, {
    values: {
      devices: envInteger({ default: 1, min: 1, max: 100_000 }),
      address: envOptional(),
      port: envInteger({ default: 1161, min: 1, max: 65_535 }),
      ports: envInteger({ default: 24, min: 1, max: 4096 }),
      community: envString({ default: 'public' }),
      capture: envOptional(),
    },
  });
  const plant = await runSimulator({
    devices: values.devices,
    firstAddress: values.address,
    port: values.port,
    ports: values.ports,
    community: values.community,
    captureFile: values.capture,
  });
  process.stdout.write(`${plant.devices.length} devices answer on UDP port ${plant.port}.\n`);
  await new Promise<void>((resolve) => {
    onStopRequest(process, () => resolve());
  });
  await plant.stop();
  return 0;
}
