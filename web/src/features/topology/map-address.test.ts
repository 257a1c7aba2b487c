import { describe, expect, it } from 'vitest';
import { readMapAddress, writeMapAddress } from './map-address.ts';

const read = (text: string) => readMapAddress(new URLSearchParams(text));

describe('the address of the map', () => {
  it('survives being written and read', () => {
    const address = { site: 'b0-1', chosen: 'c0-2', view: 'list', isImpact: true } as const;
    const written = writeMapAddress(new URLSearchParams('other=1'), address);
    expect(readMapAddress(written)).toEqual(address);
    expect(written.get('other')).toBe('1');
  });

  it('says nothing where it says nonsense', () => {
    expect(read('site=../x&show=a b&view=3d')).toEqual({
      site: undefined,
      chosen: undefined,
      view: undefined,
      isImpact: false,
    });
  });

  it('forgets what would go dark when something else is chosen', () => {
    const before = new URLSearchParams('show=a&pull=1');
    expect(writeMapAddress(before, { chosen: 'b' }).toString()).toBe('show=b');
    expect(writeMapAddress(before, { chosen: undefined }).toString()).toBe('');
    expect(writeMapAddress(before, { view: 'map' }).get('pull')).toBe('1');
  });
});
