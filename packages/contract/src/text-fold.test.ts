import { expect, it } from 'vitest';
import { foldText } from './text-fold.ts';

it.each([
  ['zurich', 'Zürich'],
  ['zurich', 'Zu\u0308rich'],
  ['strasse', 'Straße'],
  ['strasse', 'STRASSE'],
  ['strasse', 'STRAẞE'],
  ['istanbul', 'İstanbul'],
  ['istanbul', 'ıstanbul'],
  ['lodz', 'Łódź'],
  ['aalborg ost', 'Aalborg Øst'],
  ['σας', 'Σας'],
  ['rack1', 'Ｒａｃｋ１'],
  ['москва', 'Москва'],
])('%s finds %s', (search, name) => {
  expect(foldText(name)).toBe(foldText(search));
});
