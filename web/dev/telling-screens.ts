/** The screens about telling people and about planned work. */
import type { Screen } from './screen.ts';
import { idOf } from './seeds.ts';

const channel = (index: number) => `/settings/channels/${idOf(30, index)}`;
const team = (index: number) => `/settings/teams/${idOf(31, index)}`;
const window = (index: number) => `/maintenance/${idOf(33, index)}`;

export const TELLING_SCREENS: readonly Screen[] = [
  { name: 'channels', path: '/settings/channels', empty: true },
  { name: 'channels-viewer', path: '/settings/channels', as: 'viewer' },
  {
    name: 'channel-add',
    path: '/settings/channels?add=1',
    act: async (page) => {
      await page.getByLabel('A text of your own').check();
      await page.getByLabel('Text', { exact: true }).fill('{{ $severity }}: {{ $summary }}');
      await page.getByText('Subject').waitFor();
      await page.waitForTimeout(800);
    },
  },
  { name: 'channel-edit', path: `${channel(1)}?edit=1` },
  { name: 'channel-failing', path: channel(1) },
  { name: 'channel-unproven', path: channel(2) },
  {
    name: 'channel-test',
    path: channel(0),
    act: async (page) => {
      await page.getByRole('button', { name: 'Send a test' }).click();
      await page.getByText('The other end took it.', { exact: false }).waitFor();
    },
  },
  { name: 'channel-missing', path: channel(99) },
  { name: 'mail-server', path: '/settings/channels?mail=1' },
  { name: 'deliveries', path: '/alerts/deliveries', empty: true },
  { name: 'teams', path: '/settings/teams', empty: true },
  { name: 'team', path: team(1) },
  { name: 'team-default', path: team(0) },
  { name: 'team-edit', path: `${team(1)}?edit=1` },
  {
    name: 'team-edit-steps',
    path: `${team(1)}?edit=1`,
    act: (page) => page.getByRole('group', { name: 'Step 2' }).scrollIntoViewIfNeeded(),
  },
  {
    name: 'team-override',
    path: team(1),
    act: async (page) => {
      await page
        .getByRole('button', { name: /Put somebody else in$/ })
        .nth(2)
        .click();
      await page.getByLabel('From').waitFor();
    },
  },
  { name: 'maintenance', path: '/maintenance', empty: true },
  { name: 'maintenance-calendar', path: '/maintenance?view=calendar' },
  {
    name: 'maintenance-add',
    path: '/maintenance?add=1',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'It takes place' }).click();
      await page.getByRole('option', { name: /on a weekday/ }).click();
      await page.getByRole('group', { name: 'Next occurrences' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'window', path: window(0) },
  { name: 'window-recurring', path: window(1) },
];
