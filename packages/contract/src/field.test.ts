import { expect, test } from 'vitest';
import { hostnameSchema, idSchema, nameSchema } from './field.ts';

test.each([
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['श्री\u200dमान', 'श्री\u200dमान'],
  ['Team 👩\u200d💻 👨🏽\u200d🔧', 'Team 👩\u200d💻 👨🏽\u200d🔧'],
  ['  Hall   7\u00a0 North ', 'Hall 7 North'],
  ['Hall\u00a07', 'Hall\u00a07'],
  ['7', '7'],
  ['★', '★'],
])('%j is a name, kept as %j', (given, kept) => {
  expect(nameSchema().parse(given)).toBe(kept);
});

test.each([
  ['a\u200b', 'control'],
  ['a\u202eb', 'control'],
  ['\u200cab', 'control'],
  ['ab\u200d', 'control'],
  ['a \u200cb', 'control'],
  ['a\u200c\u200cb', 'control'],
  ['a\nb', 'control'],
  ['\u3164', 'seen'],
  ['\u2800 \u115f', 'seen'],
  ['\u00ad\u0301', 'seen'],
  [' ', 'required'],
])('%j is no name', (given, word) => {
  expect(nameSchema().safeParse(given).error?.issues[0]?.message).toContain(word);
});

test.each([
  ['dc01.', 'dc01'],
  ['Bu\u0308ro', 'Büro'],
  ['dc01.plant.test.', 'dc01.plant.test'],
])('the host %j is called %j', (given, kept) => {
  expect(hostnameSchema().parse(given)).toBe(kept);
});

test('an id is kept in small letters', () => {
  const id = '01a2274c-f277-7076-9b94-028af8800abc';
  expect(idSchema.parse(id.toUpperCase())).toBe(id);
});
