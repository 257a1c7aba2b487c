/** The screens about alerts and their definitions. */
import type { Screen } from './screen.ts';
import { idOf } from './seeds.ts';

const alert = (index: number) => `/alerts/${idOf(20, index)}`;

export const ALERT_SCREENS: readonly Screen[] = [
  { name: 'alerts', path: '/alerts', empty: true },
  { name: 'alerts-quiet', path: '/alerts', plant: { calm: true } },
  {
    name: 'alerts-open',
    path: '/alerts',
    act: async (page) => {
      const fold = page.getByRole('button', { name: /^Show .* behind it/ });
      if (await fold.isVisible()) await fold.click();
    },
  },
  {
    name: 'alerts-selected',
    path: '/alerts',
    act: async (page) => {
      if (await page.getByLabel('Select all shown').isVisible()) {
        await page
          .getByRole('checkbox', { name: /^Select / })
          .nth(2)
          .check();
      }
    },
  },
  {
    name: 'alerts-acknowledge',
    path: '/alerts',
    act: async (page) => {
      await page
        .getByRole('button', { name: /^Actions for / })
        .first()
        .click();
      await page.getByRole('menuitem', { name: 'Acknowledge' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'alerts-mute',
    path: '/alerts',
    act: async (page) => {
      await page
        .getByRole('button', { name: /^Actions for / })
        .first()
        .click();
      await page.getByRole('menuitem', { name: 'Mute' }).click();
      await page.getByLabel('Until a time of your own').check();
    },
  },
  { name: 'alerts-filtered', path: '/alerts?severity=warning&held=false' },
  { name: 'alerts-viewer', path: '/alerts', as: 'viewer' },
  { name: 'alerts-history', path: '/alerts/history', empty: true },
  { name: 'alert-cause', path: alert(1) },
  { name: 'alert-held', path: alert(12) },
  { name: 'alert-critical', path: alert(40) },
  { name: 'alert-acknowledged', path: alert(41) },
  { name: 'alert-past', path: alert(1_003) },
  { name: 'alert-missing', path: alert(99_999) },
  { name: 'node-alerts', path: `/nodes/${idOf(1, 7)}?tab=alerts` },
];
