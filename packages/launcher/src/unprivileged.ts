import { errorMessage, runProcess } from '@stratora/runtime';
import { findProgram } from './program-search.ts';

/** A command line, and the user of the process when it is not our own. */
export interface CommandLine {
  command: string;
  args: string[];
  uid?: number;
  gid?: number;
}

/** The way in which programs are started that must not have root's rights. */
export interface Confinement {
  /** `none`: we are not root; `namespace`: root's files without root's rights; `nobody`: another user altogether. */
  kind: 'none' | 'namespace' | 'nobody';
  wrap(command: string, args: readonly string[], endWithParent?: NodeJS.Signals): CommandLine;
  /** Keeps our own rights and, where the system can do that, sends the signal to the process when we die. */
  endWithParent(line: CommandLine, signal: NodeJS.Signals | undefined): CommandLine;
}

/** Debian's and most others' numbers of nobody and nogroup. */
const NOBODY = 65_534;

/**
 * Finds out how to start a program without root's rights.
 * A user namespace is best: inside, the process is user 1000 and has no capability, so PostgreSQL accepts to run, but
 * it still owns our files, also below a home that nobody else may enter. Where namespaces are forbidden (many
 * containers) it is nobody's user.
 */
export async function findConfinement(searchPath: string): Promise<Confinement> {
  const [unshare, setpriv] = await Promise.all([
    findProgram(['unshare'], searchPath),
    findProgram(['setpriv'], searchPath),
  ]);
  const endWithParent = await findParentSignal(setpriv);
  const isRoot = process.platform !== 'win32' && process.getuid?.() === 0;
  if (!isRoot) {
    return {
      kind: 'none',
      endWithParent,
      wrap: (command, args, signal) => endWithParent({ command, args: [...args] }, signal),
    };
  }
  const namespaceArgs = ['--user', '--map-user=1000', '--map-group=1000'];
  if (unshare && (await canRun(unshare, [...namespaceArgs, 'true']))) {
    return {
      kind: 'namespace',
      endWithParent,
      wrap(command, args, signal) {
        // The parent signal is set after the change of user, which would clear it.
        const inner = endWithParent({ command, args: [...args] }, signal);
        return { command: unshare, args: [...namespaceArgs, inner.command, ...inner.args] };
      },
    };
  }
  return {
    kind: 'nobody',
    endWithParent,
    wrap: (command, args, signal) => ({
      ...endWithParent({ command, args: [...args] }, signal),
      uid: NOBODY,
      gid: NOBODY,
    }),
  };
}

type EndWithParent = (line: CommandLine, signal: NodeJS.Signals | undefined) => CommandLine;

/**
 * Linux can send a process a signal when its parent dies (prctl PR_SET_PDEATHSIG; setpriv of util-linux 2.33 sets
 * it), so that PostgreSQL and the like do not outlive a launcher that was killed. Elsewhere the next start ends them.
 */
async function findParentSignal(setpriv: string | undefined): Promise<EndWithParent> {
  if (process.platform !== 'linux' || setpriv === undefined) return (line) => line;
  if (!(await canRun(setpriv, ['--pdeathsig', 'TERM', 'true']))) return (line) => line;
  return (line, signal) =>
    signal === undefined
      ? line
      : { command: setpriv, args: ['--pdeathsig', signal.replace(/^SIG/, ''), line.command, ...line.args] };
}

async function canRun(command: string, args: string[]): Promise<boolean> {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin' };
  try {
    return (await runProcess({ command, args, timeoutMs: 5000, env })).code === 0;
  } catch (error) {
    // The program is absent or not allowed: both mean that this way is closed.
    return errorMessage(error) === '';
  }
}
