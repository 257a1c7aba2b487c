import { describe, expect, it } from 'vitest';
import { countTargets } from './job-form-values.ts';
import { addressWords, isTooMany, pingSeconds, targetsFault } from './target-words.ts';

const fault = (targets: string, exclude = '') => targetsFault(countTargets(targets, exclude), targets);

describe('targets in words', () => {
  it('are counted', () => {
    expect(addressWords(countTargets('10.0.0.7', ''))).toBe('1 address');
    expect(addressWords(countTargets('10.0.0.0/20', ''))).toBe('4,094 addresses');
    expect(addressWords(countTargets('fd00::/64', ''))).toBe('more than a billion addresses');
    expect(pingSeconds(4_094n, 500)).toBeCloseTo(8.19, 2);
    expect(pingSeconds(2n ** 64n, 500)).toBeCloseTo(131, 0);
  });

  it('are refused where they are none, faulty, too many or all left out', () => {
    expect(fault(' \n')).toContain('at least one');
    expect(fault('10.0.0.0/24 nonsense')).toContain('cannot be read');
    expect(fault('10.0.0.0/15')).toContain('65,536');
    expect(fault('10.0.0.0/24', '10.0.0.0/8')).toContain('left out');
    expect(fault('10.0.0.0/16')).toBeUndefined();
    expect(isTooMany(countTargets('10.0.0.0/15', '10.0.0.0/16'))).toBe(false);
  });
});
