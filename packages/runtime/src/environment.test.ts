import { describe, expect, it } from 'vitest';
import {
  envBoolean,
  envInteger,
  envOneOf,
  envOptional,
  envPort,
  envString,
  readEnvironment,
} from './environment.ts';

describe('readEnvironment', () => {
  const schema = {
    HOST: envString({ default: '127.0.0.1' }),
    PORT: envPort(),
    LEVEL: envOneOf(['info', 'debug'], { default: 'info' }),
    FLAG: envBoolean({ default: false }),
    COUNT: envInteger({ default: 3, min: 1, max: 9 }),
    EXTRA: envOptional(),
  };

  it('gives typed values and defaults', () => {
    expect(readEnvironment({ PORT: '8443', FLAG: 'yes', HOST: '' }, schema)).toEqual({
      HOST: '127.0.0.1',
      PORT: 8443,
      LEVEL: 'info',
      FLAG: true,
      COUNT: 3,
      EXTRA: undefined,
    });
  });

  it('lists all faults at once', () => {
    expect(() =>
      readEnvironment({ PORT: '70000', LEVEL: 'loud', COUNT: '0', FLAG: 'perhaps' }, schema),
    ).toThrow(
      /PORT must be a whole number from 0 to 65535[\s\S]*LEVEL must be one of info, debug[\s\S]*FLAG must[\s\S]*COUNT/,
    );
  });

  it('says a single fault in one line', () => {
    expect(() => readEnvironment({}, schema)).toThrow(/^The environment is not usable: PORT is required$/);
  });
});
