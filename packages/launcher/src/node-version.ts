import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding.ts';

const NEEDED = 24;

/**
 * Examines the Node that runs Stratora. The one that npm has installed beside it counts, whichever one asks: `npm start`
 * and `npx stratora` run on that.
 * @param running version of the Node that asks
 */
export function examineNode(rootDir: string, running = process.versions.node): Finding {
  const subject = 'Node.js';
  if (majorOf(running) >= NEEDED) return { subject, state: 'ok', detail: running };
  const installed = installedVersion(rootDir);
  if (installed !== undefined && majorOf(installed) >= NEEDED) {
    const detail = `${installed}, installed by npm; this check runs on ${running}`;
    return { subject, state: 'ok', detail, advice: 'Start by npm start or npx stratora, which use it.' };
  }
  return {
    subject,
    state: 'fault',
    detail: running,
    advice: `Run npm ci, which installs Node ${NEEDED} beside Stratora; then start by npm start or npx stratora.`,
  };
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

function installedVersion(rootDir: string): string | undefined {
  const folder = join(rootDir, 'node_modules', 'node');
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    // Without its scripts npm installs the package and not the program.
    const program = process.platform === 'win32' ? 'node.exe' : 'node';
    return existsSync(join(folder, 'bin', program)) ? version : undefined;
  } catch {
    return undefined;
  }
}
