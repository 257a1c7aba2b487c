import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest, about in this order: those begin first, so that none of them is left alone at the end.
 * Between files that mostly wait stand some that keep a core busy, so that both kinds run at any moment; the hostile plant,
 * whose engines must not want for a core, stands among the first that wait. To be looked at again when a run ends with
 * workers that have nothing to do.
 */
export const LONGEST: readonly string[] = [
  'packages/component/src/process/component-kill.test.ts',
  'packages/component/src/process/component.test.ts',
  'packages/snmp/src/manager-edges.test.ts',
  'packages/server/src/tell/heartbeat/heartbeat.db.test.ts',
  'packages/server/src/components/rollouts/rollouts.db.test.ts',
  'packages/server/src/api-fuzz.db.test.ts',
  'packages/server/src/components/enrollment/registration-races.db.test.ts',
  'packages/server/src/judge/alerts/alert-series.db.test.ts',
  'packages/server/src/components/config-delivery/dirty-triggers.db.test.ts',
  'packages/server/src/public-answers.db.test.ts',
  'packages/component/src/process/key-renewal.db.test.ts',
  'packages/server/src/judge/evaluation/left-out.db.test.ts',
  'packages/server/src/components/component-keys/key-rotation.db.test.ts',
  'packages/server/src/access/auth/auth.db.test.ts',
  'packages/server/src/tell/outbox/reminders.db.test.ts',
  'packages/server/src/components/component-keys/revocation.db.test.ts',
  'packages/server/src/components/config-delivery/edit-burst.db.test.ts',
  'e2e/fleet/wired-plant.test.ts',
  'e2e/fleet/real-neighbours.test.ts',
  'e2e/fleet/powered-off.test.ts',
  'e2e/fleet/hostile-plant.test.ts',
  'e2e/source-away.test.ts',
  'e2e/credential-tests.test.ts',
  'e2e/credential-rotation.test.ts',
  'e2e/credentials-in-browser.test.ts',
  'e2e/telegraf-engine.test.ts',
  'e2e/renumbered-interfaces.test.ts',
  'e2e/demo.test.ts',
  'e2e/fleet/notice-steps.test.ts',
  'e2e/browser.test.ts',
  'e2e/store-away.test.ts',
  'e2e/fleet/leader-changes.test.ts',
  'e2e/fleet/kill-and-failure.test.ts',
  'e2e/alerts-in-browser.test.ts',
  'e2e/fleet/notice-kills.test.ts',
  'e2e/fleet/segmented-sites.test.ts',
  'e2e/foreign-store.test.ts',
  'e2e/ingest-refusals.test.ts',
  'e2e/outage-notices.test.ts',
  'e2e/outage.test.ts',
  'e2e/install-command.test.ts',
  'e2e/telling-in-browser.test.ts',
  'e2e/fleet/damaged-state.test.ts',
];

/** The order of the files of a run: group by group, in each the longest first, and the others as Vitest orders them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const ordered = await super.sort(files);
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const place = LONGEST.indexOf(relative(root, moduleId).replaceAll('\\', '/'));
      return place < 0 ? LONGEST.length : place;
    };
    return ordered.toSorted((a, b) => groupOf(a) - groupOf(b) || rankOf(a) - rankOf(b));
  }
}

function groupOf({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder;
}
