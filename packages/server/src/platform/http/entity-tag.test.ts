import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { entityKind, entityTag, ifMatch, namesTag } from './entity-tag.ts';

interface Pump {
  name: string;
  seen: number;
}

const kind = entityKind<Pump>('name');
const asking = (header: string | undefined) =>
  ({ headers: header === undefined ? {} : { 'if-match': header } }) as unknown as FastifyRequest;
const code = 'changed_meanwhile';

describe('the entity tag of a resource', () => {
  const tag = entityTag(kind, { name: 'a', seen: 1 });

  it('is strong, and another for whatever is shown otherwise', () => {
    expect(tag).toMatch(/^"[\w-]{16}\.[\w-]{16}"$/);
    expect(entityTag(kind, { name: 'a', seen: 1 })).toBe(tag);
    expect(entityTag(kind, { name: 'a', seen: 2 })).not.toBe(tag);
    expect(entityTag(kind, { name: 'b', seen: 1 })).not.toBe(tag);
  });

  it('lets a write pass while only that changed which nobody writes', () => {
    const match = ifMatch(asking(tag), kind);
    expect(match?.({ name: 'a', seen: 2 })).toBeUndefined();
    expect(() => match?.({ name: 'b', seen: 1 })).toThrow(expect.objectContaining({ code, status: 412 }));
  });

  it('is found in a list, never as a weak one, and * asks for nothing', () => {
    expect(ifMatch(asking(`"x,y", ${tag}`), kind)?.({ name: 'a', seen: 1 })).toBeUndefined();
    expect(ifMatch(asking(`, ${tag} ,`), kind)?.({ name: 'a', seen: 1 })).toBeUndefined();
    for (const header of [`W/${tag}`, '""', '"."']) {
      expect(() => ifMatch(asking(header), kind)?.({ name: 'a', seen: 1 }), header).toThrow(
        expect.objectContaining({ code }),
      );
    }
    expect(ifMatch(asking('*'), kind)).toBeUndefined();
    expect(ifMatch(asking(undefined), kind)).toBeUndefined();
  });

  it.each(['', ' ', ',', 'nonsense', '"a', 'a"', '"a" "b"', '*, "a"', '"a b"', 'w/"a"', 'W/ "a"', 'W"a"'])(
    'is not what %j says, which is refused',
    (header) => {
      expect(() => ifMatch(asking(header), kind)).toThrow(
        expect.objectContaining({ code: 'validation_failed', status: 400 }),
      );
      expect(namesTag(header, '"a"')).toBe(false);
    },
  );
});

describe('If-None-Match', () => {
  it.each([
    ['"abc"', true],
    ['W/"abc"', true],
    ['*', true],
    [' * ', true],
    ['"x", W/"abc"', true],
    ['"x,y","abc"', true],
    ['"abc', false],
    ['abc', false],
    ['"x, abc"', false],
    ['"ABC"', false],
    ['', false],
    [undefined, false],
  ])('%s names "abc": %s', (header, isNamed) => {
    expect(namesTag(header, '"abc"')).toBe(isNamed);
  });
});
