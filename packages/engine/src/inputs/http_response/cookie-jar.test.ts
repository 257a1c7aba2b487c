import { expect, test } from 'vitest';
import { CookieJar } from './cookie-jar.ts';

const HOME = new URL('https://www.shop.example/a/b');

function jarWith(...headers: string[]): CookieJar {
  const jar = new CookieJar();
  jar.take(headers, HOME);
  return jar;
}

test.each([
  ['seen=1', 'https://www.shop.example/a/c', 'seen=1'],
  ['seen=1', 'http://www.shop.example/a/', 'seen=1'],
  ['seen=1', 'https://www.shop.example/other', undefined],
  ['seen=1; Path=/', 'https://www.shop.example/other', 'seen=1'],
  ['seen=1; Path=/ot', 'https://www.shop.example/other', undefined],
  ['seen=1; Path=/', 'https://shop.example/', undefined],
  ['seen=1; Path=/; Domain=.shop.example', 'https://pay.shop.example/', 'seen=1'],
  ['seen=1; Path=/; Domain=shop.example', 'https://notshop.example/', undefined],
  ['seen=1; Path=/; Domain=example', 'https://www.shop.example/', undefined],
  ['seen=1; Path=/; Domain=other.example', 'https://www.shop.example/', undefined],
  ['seen=1; Path=/; Secure', 'http://www.shop.example/', undefined],
  ['seen=1; Path=/; Secure; HttpOnly; SameSite=Lax', 'https://www.shop.example/', 'seen=1'],
  ['seen=1; Path=/; Max-Age=0', 'https://www.shop.example/', undefined],
  [
    'seen=1; Path=/; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'https://www.shop.example/',
    'seen=1',
  ],
  ['seen=1; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'https://www.shop.example/', undefined],
  ['token=a=b==; Path=/', 'https://www.shop.example/', 'token=a=b=='],
  ['; Path=/', 'https://www.shop.example/', undefined],
])('%s is for %s: %s', (header, url, expected) => {
  expect(jarWith(header).headerFor(new URL(url))).toBe(expected);
});

test('a later cookie replaces one of its name and place, and can end it', () => {
  const jar = jarWith('a=1; Path=/', 'b=2; Path=/', 'a=3; Path=/', 'a=4; Path=/a');
  expect(jar.headerFor(HOME)).toBe('a=4; b=2; a=3');
  jar.take(['b=; Path=/; Max-Age=-1'], HOME);
  expect(jar.headerFor(HOME)).toBe('a=4; a=3');
});

test('a server that sets thousands is bounded', () => {
  const jar = jarWith(...Array.from({ length: 5000 }, (_, index) => `c${index}=x; Path=/`));
  expect(jar.headerFor(HOME)?.split('; ')).toHaveLength(180);
});
