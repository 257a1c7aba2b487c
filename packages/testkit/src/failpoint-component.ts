// A collector or agent (the first argument says which) as the product runs it, with one difference: it kills itself by
// SIGKILL at the step that STRATORA_FAILPOINT names. For tests; no bundle of the product holds it.
import { runComponent } from '@stratora/fleet';
import { onStopRequest } from '@stratora/runtime';

const type = process.argv[2] === 'agent' ? 'agent' : 'collector';
const step = process.env['STRATORA_FAILPOINT'];
const component = await runComponent(type, process.env, {
  version: '0.0.0-failpoints',
  failpoint: (name) => {
    if (name === step) process.kill(process.pid, 'SIGKILL');
  },
});
onStopRequest(process, () => void component.stop());
await component.finished;
process.exit(0);
