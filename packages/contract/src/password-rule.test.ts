import { describe, expect, it } from 'vitest';
import { passwordFault } from './password-rule.ts';

describe('a password', () => {
  it.each([
    ['short', 'at least 12 characters'],
    ['aaaaaaaaaaaa', 'again and again'],
    [' '.repeat(12), 'again and again'],
    ['\u3000'.repeat(12), 'again and again'],
    ['ÄÄÄÄÄÄÄÄÄÄÄÄ', 'again and again'],
    ['passwordpassword', 'again and again'],
    ['Passwordpassword', 'again and again'],
    ['aB1!aB1!aB1!', 'again and again'],
    ['abababababababa', 'again and again'],
    ['aaaaaabbbbbb', 'row of neighbouring'],
    ['abcdefghijkl', 'row of neighbouring'],
    ['lkjihgfedcba', 'row of neighbouring'],
    ['123456789012', 'row of neighbouring'],
    ['qwertyuiopas', 'row of neighbouring'],
    ['1qaz2wsx3edc', 'row of neighbouring'],
    ['1q2w3e4r5t6y', 'row of neighbouring'],
    ['password1234', 'everyone tries first'],
    ['Password2026!', 'everyone tries first'],
    ['P@ssw0rd1234', 'everyone tries first'],
    ['administrator', 'everyone tries first'],
    ['AdminAdmin123!', 'everyone tries first'],
    ['changeme-changeme!', 'everyone tries first'],
    ['Welcome12345', 'everyone tries first'],
    ['monitoring-2026', 'everyone tries first'],
    ['correcthorsebatterystaple', 'everyone tries first'],
  ])('%s is refused', (password, words) => {
    expect(passwordFault(password)).toContain(words);
  });

  it.each([
    'Correct-Horse-9',
    'correct horse battery',
    'another password 1',
    'tr0ub4dor&3xyz',
    'kX9#vQ2!mZ7p',
    'zürich im märz',
    'hunter2 ate 9 pears',
    '漢字仮名交じり文の例文です',
  ])('%s may be used', (password) => {
    expect(passwordFault(password, ['admin', 'Administrator'])).toBeUndefined();
  });

  it("must be more than its owner's name", () => {
    expect(passwordFault('zoe.miller123', ['zoe.miller', 'Zoë Miller'])).toBe(
      "must be more than the user's name",
    );
    expect(passwordFault('ZoeMiller2026', ['zoe.miller'])).toBe("must be more than the user's name");
    expect(passwordFault('millerZOE!!!1', ['zoe.miller'])).toBe("must be more than the user's name");
    expect(passwordFault('longusername', ['longusername'])).toBe("must be more than the user's name");
    expect(passwordFault('zoe.miller123')).toBeUndefined();
    expect(passwordFault('Zoe sells 7 sea shells', ['zoe'])).toBeUndefined();
  });

  it('hides no common word behind a name', () => {
    expect(passwordFault('administrator1', ['admin'])).toContain('everyone tries first');
  });

  it('is looked at in bounded time, however long', () => {
    expect(passwordFault('x1'.repeat(512))).toContain('again and again');
    expect(
      passwordFault(
        Array.from({ length: 512 }, (_, at) => String.fromCodePoint(97 + ((at * at) % 26))).join(''),
      ),
    ).toBeDefined();
  });
});
