import type { AlertSeverity } from '@stratora/contract';
import { storedName } from '../rules/index.ts';

/** The subject of what is about the system itself, where one is needed: as rows have it. */
export const SYSTEM = '00000000-0000-0000-0000-000000000000';

/** What an alert is about: a node, a component (a collector that is offline), or the system itself where both are null. */
export interface AlertSubject {
  readonly nodeId: string | null;
  readonly componentId: string | null;
}

/** The identity of an active alert: there is never more than one of a subject and a key. */
export interface AlertRef {
  readonly subject: AlertSubject;
  /** As `alertKeyOf` makes it of the slug of the root definition and the instance. */
  readonly alertKey: string;
}

/** Most characters of an alert key: what the table and its unique index take. */
export const ALERT_KEY_MAX = 400;

/**
 * Makes the key of an alert: the slug of the root definition; where there is an instance, `:` and the instance follow. A
 * key that would be longer than the table takes is cut and ends in a digest of the whole.
 */
export function alertKeyOf(slug: string, instance: string): string {
  return storedName(instance === '' ? slug : `${slug}:${instance}`, ALERT_KEY_MAX);
}

/** The reason why an alert tells nobody. */
export type AlertHold =
  /** Its node is down: that alert tells. */
  | { readonly by: 'unreachable'; readonly cause: AlertRef }
  /** Its node is behind one that is down: that alert tells. */
  | { readonly by: 'upstream'; readonly cause: AlertRef }
  /** No alert tells of that node: it is suspected, or has just returned; until it is certain nobody is told. */
  | { readonly by: 'unreachable' | 'upstream'; readonly cause?: undefined; readonly nodeId: string }
  | { readonly by: 'maintenance'; readonly windowId: string };

/**
 * All that is kept with an alert from its begin. Of an alert that is active already it says what is in force now: another
 * definition of the family, or a severity of which nothing was kept.
 */
export interface AlertTrigger {
  readonly kind: 'trigger';
  /** Definition that fires: the narrowest one for this subject. */
  readonly definitionId: string;
  /** Slug of the root of its family. */
  readonly definitionSlug: string;
  readonly instance: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly severity: AlertSeverity;
  /** Undefined where there is none: the series is away, or the condition has no value. */
  readonly value: number | undefined;
  readonly threshold: number | undefined;
  readonly comparison: '>' | '<';
  readonly unit: string | null;
  /** Expression as it was asked; empty where the condition is no expression. */
  readonly query: string;
  /** Text that a condition without an expression brings itself; else the template of the definition makes it. */
  readonly text: string | undefined;
  /** Time at which the condition became true; the alert itself is of the time of the transaction. */
  readonly startedAt: Date;
}

/** What the evaluator found out about an alert in a cycle, in the order in which it is to be applied. */
export type AlertChange = AlertRef &
  (
    | AlertTrigger
    | {
        readonly kind: 'severity';
        readonly severity: AlertSeverity;
        readonly value: number | undefined;
        readonly threshold: number | undefined;
      }
    /**
     * The value of this cycle, which may be told in each one: it is written once a minute at most, with the worst of the
     * time between.
     */
    | { readonly kind: 'value'; readonly value: number | undefined; readonly text: string | undefined }
    /** `reason` says why where it is no good data: its definition was switched off, its subject or series is gone. */
    | { readonly kind: 'resolve'; readonly value: number | undefined; readonly reason: string | undefined }
    | { readonly kind: 'hold'; readonly hold: AlertHold }
    | { readonly kind: 'release' }
    /** It changes again and again: from here on it is one alert, unstable since so many changes. */
    | { readonly kind: 'flapping'; readonly changes: number }
    | { readonly kind: 'calm' }
  );

/** An active alert as the evaluator finds it at the start. */
export interface ActiveAlert extends AlertRef {
  readonly id: string;
  readonly definitionSlug: string;
  readonly instance: string;
  readonly severity: AlertSeverity;
  readonly hold: AlertHold['by'] | 'flapping' | undefined;
  /** Its text, where no template made it. */
  readonly text: string | undefined;
}

/** Makes one text of an identity, by which alerts and conditions find each other. */
export function conditionKey({ subject, alertKey }: AlertRef): string {
  return `${subject.nodeId ?? subject.componentId ?? 'system'} ${alertKey}`;
}
