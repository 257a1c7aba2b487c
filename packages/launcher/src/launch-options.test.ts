import { describe, expect, it } from 'vitest';
import { readLaunchOptions, UsageError } from './launch-options.ts';

function read(args: string[], environment: Record<string, string> = {}) {
  const options = readLaunchOptions(args, environment, '/srv');
  if (options === 'help') throw new Error('unexpected help');
  return options;
}

function refusal(args: string[], environment: Record<string, string> = {}): string {
  try {
    read(args, environment);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('was accepted');
}

describe('readLaunchOptions', () => {
  it('has the defaults of the documentation', () => {
    expect(read([])).toEqual({
      dataDir: '/srv/data',
      host: '127.0.0.1',
      httpsPort: 8443,
      collector: true,
      agent: true,
      logLevel: 'info',
      credentialKeys: {},
    });
  });

  it('takes every option in both spellings', () => {
    const options = read(
      '--data-dir x --host=0.0.0.0 --https-port 9443 --admin-password long-password --no-collector --no-agent --proxy=builtin'.split(
        ' ',
      ),
    );
    expect(options).toMatchObject({
      dataDir: '/srv/x',
      host: '0.0.0.0',
      httpsPort: 9443,
      adminPassword: 'long-password',
      collector: false,
      agent: false,
      proxy: 'builtin',
    });
  });

  it('lets an option win over its variable', () => {
    const environment = {
      STRATORA_HTTPS_PORT: '1111',
      STRATORA_DATA_DIR: '/elsewhere',
      STRATORA_PROXY: 'nginx',
    };
    expect(read(['--https-port', '2222'], environment)).toMatchObject({
      httpsPort: 2222,
      dataDir: '/elsewhere',
      proxy: 'nginx',
    });
  });

  it('takes an empty variable as not set', () => {
    expect(read([], { DATABASE_URL: '', STRATORA_HTTPS_PORT: '' })).toMatchObject({ httpsPort: 8443 });
    expect(read([], { DATABASE_URL: '' })).not.toHaveProperty('databaseUrl');
  });

  it('refuses an unknown option and names the one that was meant', () => {
    expect(refusal(['--data-dirr', 'x'])).toContain('Did you mean --data-dir?');
    expect(refusal(['--verbose'])).toMatch(/^Unknown option --verbose\. Known: --data-dir/);
    expect(refusal(['up-and-away'])).toContain('up-and-away');
    expect(refusal(['-x'])).toContain('Unknown option -x');
  });

  it('refuses an option without its value', () => {
    expect(refusal(['--data-dir'])).toContain('--data-dir');
  });

  it('names the option and the variable of a bad value', () => {
    expect(refusal(['--https-port', '70000'])).toBe(
      '--https-port (STRATORA_HTTPS_PORT) must be a whole number from 0 to 65535',
    );
    expect(refusal([], { STRATORA_PROXY: 'apache' })).toContain('STRATORA_PROXY');
  });

  it('lists all faults at once', () => {
    const message = refusal(['--https-port', 'x'], { STRATORA_LOG_LEVEL: 'loud' });
    expect(message.split('\n')).toHaveLength(2);
  });

  it('wants both addresses of an external metric store', () => {
    expect(refusal([], { STRATORA_METRICS_WRITE_URL: 'http://vm:8480' })).toContain('Set both');
    expect(
      refusal([], { STRATORA_METRICS_WRITE_URL: 'vm:8480', STRATORA_METRICS_READ_URL: 'http://vm' }),
    ).toContain('STRATORA_METRICS_WRITE_URL must be');
  });

  it('takes numbered credential keys and refuses what is no key', () => {
    const key = 'ab'.repeat(32);
    expect(
      read([], { STRATORA_CREDENTIAL_KEY_1: key, STRATORA_CREDENTIAL_KEY_12: key }).credentialKeys,
    ).toEqual({
      STRATORA_CREDENTIAL_KEY_1: key,
      STRATORA_CREDENTIAL_KEY_12: key,
    });
    expect(refusal([], { STRATORA_CREDENTIAL_KEY_1: 'short' })).toContain('64 hex digits');
  });

  it('refuses a short admin password and a host that is none', () => {
    expect(refusal(['--admin-password', 'short'])).toContain('12 characters');
    expect(refusal(['--host', '127.0.0.1; listen 80'])).toContain('--host');
  });

  it('gives the help instead of anything else', () => {
    expect(readLaunchOptions(['--help'], {}, '/srv')).toBe('help');
    expect(readLaunchOptions(['-h'], {}, '/srv')).toBe('help');
  });
});
