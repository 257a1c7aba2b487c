import type { ComponentType, Deployment } from '@stratora/contract';

/** The systems that a command can be for: a shell of Linux, PowerShell, or the shell of a container host. */
export const DEPLOY_SYSTEMS = ['linux', 'windows', 'container'] as const;
export type DeploySystem = (typeof DEPLOY_SYSTEMS)[number];

export interface CommandOptions {
  readonly deployment: Deployment;
  readonly type: ComponentType;
  readonly token: string;
}

const FILES: Readonly<Record<DeploySystem, string>> = {
  linux: 'stratora-install.sh',
  windows: 'stratora-install.ps1',
  container: 'stratora-container.sh',
};

/** A word of a POSIX shell: as it is where nothing in it means anything, else in single quotes. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A literal string of PowerShell. */
function powerShellWord(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const urlOf = ({ server_url: server }: Deployment, path: string) => new URL(path, server).href;

/**
 * The command that brings a component to another machine: fetches the script from this server, goes on only when its
 * SHA-256 is the one named here, and runs it with the address, the token and the authority to trust. Everything that
 * it trusts is in the text that was copied from this page, so the download itself need not be trusted (`-k`).
 *
 * @returns undefined where this server has no script for the system
 */
export function deployCommand(system: DeploySystem, options: CommandOptions): string | undefined {
  const { deployment, type, token } = options;
  const script = deployment.scripts[system];
  if (script === null) return undefined;
  const url = urlOf(deployment, script.path);
  const file = FILES[system];
  if (system === 'windows') return windowsCommand({ url, file, sha256: script.sha256 }, options);
  const run = [
    system === 'linux' ? 'sudo sh' : 'sh',
    file,
    type,
    `--server ${shellWord(deployment.server_url)}`,
    `--token ${shellWord(token)}`,
    ...(deployment.ca_sha256 === null ? [] : [`--ca-sha256 ${deployment.ca_sha256}`]),
  ].join(' ');
  return [
    `curl -fsSk ${shellWord(url)} -o ${file}`,
    `echo ${shellWord(`${script.sha256}  ${file}`)} | sha256sum -c`,
    run,
  ].join(' && \\\n  ');
}

function windowsCommand(
  script: { readonly url: string; readonly file: string; readonly sha256: string },
  { deployment, type, token }: CommandOptions,
): string {
  const run = [
    `powershell -NoProfile -ExecutionPolicy Bypass -File ${script.file} ${type}`,
    `-Server ${powerShellWord(deployment.server_url)}`,
    `-Token ${powerShellWord(token)}`,
    ...(deployment.ca_sha256 === null ? [] : [`-CaSha256 ${deployment.ca_sha256}`]),
  ].join(' ');
  // One statement for the check and what depends on it: pasted lines run one by one, whatever the line before threw.
  return [
    `curl.exe -fsSk ${powerShellWord(script.url)} -o ${script.file}`,
    `if ((Get-FileHash ${script.file} -Algorithm SHA256).Hash -eq '${script.sha256.toUpperCase()}') {`,
    `  ${run}`,
    "} else { throw 'This is not the script of the server.' }",
  ].join('\n');
}

/** Tells whether the server is known only under an address that no other machine can reach. */
export function isOnlyLocal({ server_url: url }: Deployment): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

/** The command for a machine that has the program already: enrolls it, then runs it in the foreground. */
export function manualCommand({ deployment, type, token }: CommandOptions): string {
  const enroll = [
    `stratora ${type} enroll`,
    `--server ${shellWord(deployment.server_url)}`,
    ...(deployment.ca_sha256 === null ? [] : [`--ca-sha256 ${deployment.ca_sha256}`]),
    `--token ${shellWord(token)}`,
  ].join(' ');
  return `${enroll}\nstratora ${type} run`;
}
