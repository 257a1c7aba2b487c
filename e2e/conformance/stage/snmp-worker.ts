import { parentPort, workerData } from 'node:worker_threads';
import { startSnmpDevices } from './snmp-devices.ts';

// Runs the devices in a thread of their own: thousands of answers at once must not make the web servers late.
const { missing } = await startSnmpDevices(workerData as Readonly<Record<string, string>>);
parentPort?.postMessage(missing, []);
