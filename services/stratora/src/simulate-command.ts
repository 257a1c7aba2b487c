import { parseArgs } from 'node:util';
import { onStopRequest } from '@stratora/runtime';
import { runSimulator } from '@stratora/simulator';

const HELP = `Simulated SNMP devices on the loopback, for trying things out.

Usage: stratora simulate [options]

  --devices N        how many; they get addresses in a row (1)
  --address A        the first address, in 127.0.0.0/8 (127.0.0.1)
  --port N           UDP port of all (1161)
  --ports N          ports of each switch (24)
  --community NAME   of SNMP v1 and v2c (public)
  --capture FILE     a .snmprec capture to tell instead of a synthetic switch
`;

/** Runs `stratora simulate` until it is stopped. */
export async function runSimulateCommand(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      devices: text,
      address: text,
      port: text,
      ports: text,
      community: text,
      capture: text,
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const plant = await runSimulator({
    devices: readCount('--devices', values.devices),
    firstAddress: values.address,
    port: readCount('--port', values.port),
    ports: readCount('--ports', values.ports),
    community: values.community ?? 'public',
    captureFile: values.capture,
  });
  process.stdout.write(`${plant.devices.length} devices answer on UDP port ${plant.port}.\n`);
  await new Promise<void>((resolve) => {
    onStopRequest(process, () => resolve());
  });
  await plant.stop();
  return 0;
}

function readCount(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,7}$/.test(value)) throw new Error(`${option} must be a whole number`);
  return Number(value);
}
