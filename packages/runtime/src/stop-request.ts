/** The parts of `process` by which a service is asked to end. */
export interface StopSource {
  on(event: 'SIGTERM' | 'SIGINT' | 'SIGHUP' | 'disconnect', handler: () => void): unknown;
  stdin: {
    on(event: 'end' | 'close' | 'error', handler: () => void): unknown;
    resume(): unknown;
    unref?(): unknown;
  };
  stderr: { on(event: 'error', handler: () => void): unknown };
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * Calls back, once, when the process is asked to end: by SIGTERM or SIGINT, by the end of its IPC channel, or, with
 * `STRATORA_EXIT_ON_STDIN_CLOSE=1`, by the end of its standard input. The last one is how a child learns that its
 * supervisor is gone, even by SIGKILL.
 */
export function onStopRequest(source: StopSource, callback: (reason: string) => void): void {
  let asked = false;
  const ask = (reason: string) => () => {
    if (asked) return;
    asked = true;
    callback(reason);
  };
  source.on('SIGTERM', ask('SIGTERM'));
  source.on('SIGINT', ask('SIGINT'));
  source.on('disconnect', ask('the parent process is gone'));
  if (source.env['STRATORA_EXIT_ON_STDIN_CLOSE'] !== '1') return;
  const gone = ask('the supervisor is gone');
  // Whoever read what is printed while stopping is gone too.
  source.stderr.on('error', () => {});
  source.stdin.on('end', gone);
  source.stdin.on('close', gone);
  source.stdin.on('error', gone);
  source.stdin.resume();
}
