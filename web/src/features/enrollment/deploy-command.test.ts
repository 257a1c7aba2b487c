import type { Deployment } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { type CommandOptions, deployCommand, isOnlyLocal, manualCommand } from './deploy-command.ts';

const SCRIPT = 'a1'.repeat(32);
const CA = 'c4'.repeat(32);
const DEPLOYMENT: Deployment = {
  version: '0.1.0',
  server_url: 'https://monitor.example:8443',
  ca_sha256: CA,
  scripts: {
    linux: { path: '/install/linux.sh', sha256: SCRIPT },
    windows: { path: '/install/windows.ps1', sha256: SCRIPT },
    container: null,
  },
};
const options = (change: Partial<Deployment> = {}): CommandOptions => ({
  deployment: { ...DEPLOYMENT, ...change },
  type: 'collector',
  token: 'enroll_9tV3-Qk7_X',
});

describe('the command for a new host', () => {
  it('runs the script on Linux only when it has the hash that the command names', () => {
    expect(deployCommand('linux', options())?.split(' && \\\n  ')).toEqual([
      'curl -fsSk https://monitor.example:8443/install/linux.sh -o stratora-install.sh',
      `echo '${SCRIPT}  stratora-install.sh' | sha256sum -c`,
      `sudo sh stratora-install.sh collector --server https://monitor.example:8443 --token enroll_9tV3-Qk7_X --ca-sha256 ${CA}`,
    ]);
  });

  it('runs the script in PowerShell only where its hash is right, also when pasted line by line', () => {
    const lines = deployCommand('windows', options())?.split('\n') ?? [];
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe(
      "curl.exe -fsSk 'https://monitor.example:8443/install/windows.ps1' -o stratora-install.ps1",
    );
    expect(lines[1]).toMatch(new RegExp(`-eq '${SCRIPT.toUpperCase()}'\\) \\{$`));
    expect(lines[2]).toContain(`-Token 'enroll_9tV3-Qk7_X' -CaSha256 ${CA}`);
    expect(lines[3]).toMatch(/^\} else \{ throw /);
  });

  it('is not there where the server has no script for the system', () => {
    expect(deployCommand('container', options())).toBeUndefined();
  });

  it('leaves the pin out where a public authority signed the certificate', () => {
    const open = options({ ca_sha256: null });
    expect(deployCommand('linux', open)).not.toContain('--ca-sha256');
    expect(deployCommand('windows', open)).not.toContain('-CaSha256');
    expect(manualCommand(open)).not.toContain('--ca-sha256');
  });

  it('quotes what a shell would take apart', () => {
    const sly = options({ server_url: 'https://[fd00::7]:8443' });
    expect(deployCommand('linux', sly)).toContain("--server 'https://[fd00::7]:8443'");
    expect(deployCommand('linux', sly)).toContain("curl -fsSk 'https://[fd00::7]:8443/install/linux.sh'");
    expect(manualCommand({ ...options(), token: "a'; rm -rf /" })).toContain(
      String.raw`--token 'a'\''; rm -rf /'`,
    );
    expect(deployCommand('windows', { ...options(), token: "a'b" })).toContain("-Token 'a''b'");
  });

  it('enrolls and runs a program that is there already', () => {
    expect(manualCommand({ ...options(), type: 'agent' })).toBe(
      `stratora agent enroll --server https://monitor.example:8443 --ca-sha256 ${CA} --token enroll_9tV3-Qk7_X\nstratora agent run`,
    );
  });

  it('knows an address that no other machine can reach', () => {
    const local = (url: string) => isOnlyLocal({ ...DEPLOYMENT, server_url: url });
    expect(['https://127.0.0.1:8443', 'https://localhost', 'https://[::1]:8443'].map(local)).toEqual([
      true,
      true,
      true,
    ]);
    expect(['https://10.0.0.5:8443', 'https://127.example'].map(local)).toEqual([false, false]);
  });
});
