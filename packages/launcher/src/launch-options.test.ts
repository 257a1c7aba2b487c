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
      publicOrigins: [],
      outboundAllow: [],
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

  it('takes public origins in both spellings, as browsers write them', () => {
    const origins = { publicOrigins: ['https://monitor.example.net', 'https://10.0.0.5:8443'] };
    const text = 'https://Monitor.example.net:443/, https://10.0.0.5:8443';
    expect(read(['--public-origin', text])).toMatchObject(origins);
    expect(read([], { STRATORA_PUBLIC_ORIGIN: text })).toMatchObject(origins);
  });

  it.each([
    ['STRATORA_PUBLIC_ORIGIN', 'monitor.example.net', 'https addresses without a path'],
    ['STRATORA_PUBLIC_ORIGIN', 'http://monitor.example.net', 'https addresses'],
    ['STRATORA_PUBLIC_ORIGIN', 'https://monitor.example.net/app', 'https addresses without a path'],
    ['STRATORA_PUBLIC_ORIGIN', 'https://a@b', 'https addresses'],
    ['STRATORA_PUBLIC_ORIGIN', 'https://a,,https://b', 'https addresses'],
    ['STRATORA_OUTBOUND_ALLOW', '10.0.0.0', 'networks such as'],
    ['STRATORA_OUTBOUND_ALLOW', '10.0.0.0/33', 'networks such as'],
    ['STRATORA_OUTBOUND_ALLOW', '10.0.0.0/8;fd00::/8', 'networks such as'],
    ['STRATORA_OUTBOUND_ALLOW', 'fd00::/129', 'networks such as'],
    ['STRATORA_OUTBOUND_ALLOW', 'everything', 'networks such as'],
    ['DATABASE_URL', 'mysql://x', 'must begin with postgres://'],
    ['DATABASE_URL', 'postgres://u:p/w@host/db', 'must be like postgres://'],
    ['DATABASE_URL', 'postgres://host:99999/db', 'must be like postgres://'],
    ['STRATORA_HTTPS_PORT', '8443.5', 'whole number from 0 to 65535'],
    ['STRATORA_HTTPS_PORT', '0x20fb', 'whole number from 0 to 65535'],
    ['STRATORA_HTTPS_PORT', '-1', 'whole number from 0 to 65535'],
    ['STRATORA_LOG_LEVEL', 'loud', 'must be one of'],
    ['STRATORA_PROXY', 'apache', 'must be one of'],
    ['STRATORA_HOST', 'a b', 'must be an address or a host name'],
    ['STRATORA_CREDENTIAL_KEY_1', 'short', '64 hex digits'],
    ['STRATORA_CREDENTIAL_KEY_0', 'ab'.repeat(32), 'numbered from 1'],
    ['STRATORA_ADMIN_PASSWORD', '', 'is empty'],
    ['STRATORA_ADMIN_PASSWORD', '  ', 'is empty'],
    ['STRATORA_ADMIN_PASSWORD', 'short', '12 characters'],
  ])('refuses %s=%s in one line that names it', (name, value, words) => {
    const message = refusal([], { [name]: value });
    expect(message).toContain(words);
    expect(message).toMatch(name === 'STRATORA_ADMIN_PASSWORD' ? /ADMIN_PASSWORD|--admin-password/ : name);
    expect(message).not.toContain('\n');
  });

  it.each(['data-dir', 'host', 'https-port', 'admin-password', 'public-origin', 'proxy'])(
    'refuses an empty --%s',
    (option) => {
      expect(refusal([`--${option}`, ''])).toBe(`--${option} is empty.`);
      expect(refusal([`--${option}=`])).toBe(`--${option} is empty.`);
    },
  );

  it('tells an option that there is not from a value that cannot be used', () => {
    const exitCode = (args: string[]) => {
      try {
        read(args);
      } catch (error) {
        return (error as UsageError).exitCode;
      }
      return undefined;
    };
    expect(exitCode(['--verbose'])).toBe(2);
    expect(exitCode(['--data-dir'])).toBe(2);
    expect(exitCode(['--https-port', '99999'])).toBe(1);
    expect(exitCode(['--admin-password', ''])).toBe(1);
  });

  it('takes networks that outgoing calls may reach', () => {
    expect(read([], { STRATORA_OUTBOUND_ALLOW: '10.0.0.0/8, fd00::/8' })).toMatchObject({
      outboundAllow: ['10.0.0.0/8', 'fd00::/8'],
    });
  });

  it('gives the help instead of anything else', () => {
    expect(readLaunchOptions(['--help'], {}, '/srv')).toBe('help');
    expect(readLaunchOptions(['-h'], {}, '/srv')).toBe('help');
  });
});
