import { onStopRequest } from '@stratora/runtime';
import { type RunningServer, runServer } from '@stratora/server';

/**
 * Time limit of a stop, longer than the backend's own limits; past it something hangs and SIGKILL would come anyway.
 */
const STOP_LIMIT_MS = 8000;

let server: RunningServer | undefined;

onStopRequest(process, (reason) => {
  // The backend still waits for the database: nothing is open that could lose anything.
  if (!server) process.exit(0);
  process.stderr.write(`stopping: ${reason}\n`);
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  server.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`stop failed: ${String(error)}\n`);
      process.exit(1);
    },
  );
});

try {
  server = await runServer(process.env);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
