// Child process of the snmp-engine bench: the simulated devices. Ends when its standard input does.
import { runSimulator } from '@stratora/simulator';

const [devices = '1', firstAddress = '127.1.0.1', ports = '24'] = process.argv.slice(2);
const plant = await runSimulator({ devices: Number(devices), firstAddress, ports: Number(ports), port: 0 });
process.stdout.write(`${plant.port}\n`);
process.stdin.resume();
process.stdin.once('end', () => {
  void plant.stop().then(() => process.exit(0));
});
