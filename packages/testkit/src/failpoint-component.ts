// Runs a collector or agent (the first argument says which) as the product does, with one difference: it kills itself
// by SIGKILL at the step that STRATORA_FAILPOINT names; with STRATORA_FAILPOINT_WAITS=1 only after a SIGUSR2, so that
// what it does at its start is not taken for the step. For tests; no bundle of the product holds it.
import { runComponent } from '@stratora/component';
import { onStopRequest } from '@stratora/runtime';

const type = process.argv[2] === 'agent' ? 'agent' : 'collector';
const step = process.env['STRATORA_FAILPOINT'];
let armed = process.env['STRATORA_FAILPOINT_WAITS'] !== '1';
process.on('SIGUSR2', () => {
  armed = true;
});
const component = await runComponent(type, process.env, {
  version: '0.0.0-failpoints',
  failpoint: (name) => {
    if (armed && name === step) process.kill(process.pid, 'SIGKILL');
  },
});
onStopRequest(process, () => void component.stop());
await component.finished;
process.exit(0);
