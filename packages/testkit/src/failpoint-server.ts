// Runs a server as the product does, with one difference: at the step that STRATORA_FAILPOINT names it ends itself by
// SIGKILL, or stops itself where STRATORA_FAILPOINT_SIGNAL says SIGSTOP. For tests; no bundle of the product holds it.
import { onStopRequest } from '@stratora/runtime';
import { runServer } from '@stratora/server';

const step = process.env['STRATORA_FAILPOINT'];
const signal = process.env['STRATORA_FAILPOINT_SIGNAL'] === 'SIGSTOP' ? 'SIGSTOP' : 'SIGKILL';
let isOver = false;
const server = await runServer(process.env, {
  failpoint: (name) => {
    if (isOver || name !== step) return;
    isOver = true;
    process.kill(process.pid, signal);
  },
});
onStopRequest(process, () => {
  void server.stop().then(() => process.exit(0));
});
