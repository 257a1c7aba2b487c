// Runs the far end of a scan in a network namespace of its own: simulated devices, a web server and a name server that
// knows no name. Takes one argument, the JSON of `FarPlan`; prints a line when all answer, and runs until its input ends.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { type DeviceSpec, MibImage, networkDeviceObjects, startPlant } from '@stratora/simulator';

export interface FarPlan {
  readonly devices: readonly Omit<DeviceSpec, 'image'>[];
  readonly webAddress: string;
  readonly nameServer: string;
}

const plan = JSON.parse(process.argv[2] ?? '') as FarPlan;
const image = new MibImage(networkDeviceObjects({ ports: 2, hasHost: false }));
const plant = await startPlant({ devices: plan.devices.map((device) => ({ ...device, image })), port: 161 });

const web = createServer((request, response) => {
  if (request.url === '/') response.writeHead(302, { location: '/login.html' }).end();
  else response.writeHead(200, { server: 'boiler/7' }).end('<title>Boiler</title>');
});
await new Promise<void>((resolve) => {
  web.listen(80, plan.webAddress, resolve);
});

const names = createSocket('udp4');
names.on('message', (query, from) => {
  const answer = Buffer.from(query);
  // A response: the name does not exist (RFC 1035, 4.1.1).
  answer.writeUInt16BE(0x8183, 2);
  names.send(answer, from.port, from.address);
});
await new Promise<void>((resolve) => {
  names.bind(53, plan.nameServer, resolve);
});

process.stdout.write('ready\n');
process.stdin.resume();
process.stdin.once('end', () => {
  void plant.stop().then(() => process.exit(0));
});
