import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNodeSchema } from './node.ts';
import { isDnsName, isIpv6, parseHostAddress, parseWebAddress } from './target-address.ts';

const label63 = 'a'.repeat(63);

function addressOf(ip_address: string): string | undefined {
  return createNodeSchema.safeParse({ name: 'n', ip_address }).data?.ip_address;
}

function urlOf(url: string): string | null | undefined {
  return createNodeSchema.safeParse({ name: 'n', ip_address: '10.0.0.1', url }).data?.url;
}

describe('the address of a node', () => {
  test.each([
    '10.0.0.1',
    '127.0.0.1',
    '2001:db8::1',
    'fe80::1',
    'fe80::1%eth0',
    'fe80::1%2',
    'fe80::1%br-lan.100',
    'core_sw_01',
    'core_sw_01.lan',
    'srv.my_host',
    'a_b',
    'host_',
    '_gateway',
    'host.lan.',
    'rack.12',
    'xn--bcher-kva.example',
    `${label63}.lan`,
  ])('%s stays as it is', (address) => {
    expect(addressOf(address)).toBe(address);
  });

  test.each([
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['FE80:0:0:0:0:0:0:1%eth0', 'fe80::1%eth0'],
    ['fe80::1%25eth0', 'fe80::1%eth0'],
    ['fe80::1%25', 'fe80::1%25'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:0A00:1', '10.0.0.1'],
    [' 10.0.0.1\t', '10.0.0.1'],
    [' core-sw.lan ', 'core-sw.lan'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('%j becomes %s', (given, address) => {
    expect(addressOf(given)).toBe(address);
  });

  test.each([
    '',
    ' ',
    '10.0.0.256',
    '10.0.0.01',
    '1.2.3',
    '12',
    '0x0a000001',
    '0x7f.1',
    '0X7F000001',
    '10.0.0.1.',
    '１０.0.0.1',
    'gw..lan',
    '.lan',
    '-oProxyCommand',
    'a.-b',
    'a b',
    'a%eth0',
    '10.0.0.1%eth0',
    '2001:db8::1%eth0',
    'fe80::1%',
    'fe80::1%eth0;id',
    'fe80::1%-o',
    '[fe80::1]',
    '2001:db8::1::2',
    `${label63}a.lan`,
    'http://gw.lan',
    '0.0.0.0',
    '0.1.2.3',
    '::',
    '224.0.0.1',
    '239.255.255.250',
    '255.255.255.255',
    'ff02::1',
    '::ffff:224.0.0.1',
  ])('%j is refused', (address) => {
    expect(addressOf(address)).toBeUndefined();
  });

  test('has one form: what is parsed is parsed to itself', () => {
    const words = fc.constantFrom('fe80::', '%', '25', 'eth0', '.', '_', '-', 'a', '1', ':', 'ü', '0x', ' ');
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.array(words).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        const { value } = parseHostAddress(given);
        if (value !== undefined) expect(parseHostAddress(value).value).toBe(value);
      }),
    );
  });
});

describe('the URL of a node', () => {
  test.each([
    'https://shop.example',
    'https://shop.example/',
    'http://core_sw/status?a=b&c=%20d#top',
    'http://[2001:db8::1]:8080/x',
    'https://10.0.0.1:8443',
    'https://shop.example./a//b/../c',
  ])('%s stays as it is', (url) => {
    expect(urlOf(url)).toBe(url);
  });

  test.each([
    [' https://shop.example/ ', 'https://shop.example/'],
    ['HTTPS://shop.example/A', 'https://shop.example/A'],
    ['https://bücher.example/ü', 'https://xn--bcher-kva.example/%C3%BC'],
    ['https://shop.example/a b?c d', 'https://shop.example/a%20b?c%20d'],
    ['https://shop.example/100%', 'https://shop.example/100%25'],
    ['https://shop.example:/', 'https://shop.example/'],
    ['https://shop.example:00443/', 'https://shop.example:443/'],
    ['https://[2001:DB8:0::1]/', 'https://[2001:db8::1]/'],
    ['https://[::ffff:10.0.0.1]/', 'https://10.0.0.1/'],
  ])('%j becomes %s', (given, url) => {
    expect(urlOf(given)).toBe(url);
  });

  test.each([
    '',
    'shop.example',
    'ftp://shop.example/',
    'https:shop.example',
    'https:///shop.example',
    'https:\\\\shop.example',
    'https://user:secret@shop.example/',
    'https://user@shop.example/',
    'https://:pw@shop.example/',
    'https://@shop.example/',
    'https://a..b/',
    'https://1/',
    'https://0x7f000001/',
    'https://rack.12/',
    'https://shop.example:0/',
    'https://shop.example:65536/',
    'https://shop.example:x/',
    'https://2001:db8::1/',
    'https://[shop.example]/',
    'https://[fe80::1%25eth0]/',
    'https://sh op.example/',
    'https://sh%6fp.example/',
    'https://shop.example/a\nb',
    'https://shop.example/a\u0000b',
    'https://224.0.0.1/',
    'https://0.0.0.0/',
    `https://shop.example/${'a'.repeat(2048)}`,
  ])('%j is refused', (url) => {
    expect(urlOf(url)).toBeUndefined();
  });

  test.each(['https://[fe80::1%25eth0]/', 'https://[fe80::1%eth0]:8443/x'])(
    '%j is said to have a zone',
    (url) => {
      expect(parseWebAddress(url).fault).toContain('has a zone');
    },
  );

  test('has one form: what is parsed is parsed to itself', () => {
    const words = fc.constantFrom('/', '?', '#', '%', '%zz', 'ü', ' ', '{', '|', '\\', '"', '..', 'a', '😀');
    const rest = fc.array(words).map((parts) => `https://shop.example${parts.join('')}`);
    fc.assert(
      fc.property(rest, (given) => {
        const { value } = parseWebAddress(given);
        if (value !== undefined) expect(parseWebAddress(value).value).toBe(value);
      }),
    );
  });
});

test('the words of the grammar', () => {
  expect(isIpv6('2001:DB8::1')).toBe(true);
  expect(isIpv6('fe80::1%eth0')).toBe(false);
  expect(isIpv6('1.2.3.4')).toBe(false);
  expect(isDnsName('host.lan')).toBe(true);
  expect(isDnsName('10')).toBe(false);
});
