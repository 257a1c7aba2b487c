import type { AlertKind, AlertSeverity, AlertState, Comparison, DeliveryEvent } from '@stratora/contract';

/** An alert as a message tells of it: as it was when the notice arose. */
export interface NoticedAlert {
  id: string;
  alertKey: string;
  /** Null where the alert is about a component, or about the system itself. */
  nodeId: string | null;
  nodeName: string | null;
  componentName: string | null;
  siteName: string | null;
  severity: AlertSeverity;
  /** The severity before; of `changed` alone. */
  previousSeverity: AlertSeverity | null;
  state: AlertState;
  summary: string;
  /** More about it, several lines perhaps; null where the summary says it all. */
  description: string | null;
  definitionName: string;
  definitionSlug: string;
  kind: AlertKind;
  /** Empty where the alert is about the whole node. */
  instance: string;
  value: number | null;
  threshold: number | null;
  unit: string | null;
  comparison: Comparison;
  /** PromQL; empty where the server judged by what it heard itself. */
  query: string;
  /** When the condition was first true. */
  startedAt: Date;
  triggeredAt: Date;
  resolvedAt: Date | null;
  labels: Readonly<Record<string, string>>;
  /** A web page, or a page of the product's own documentation (`docs/...`). */
  runbookUrl: string | null;
  /** Who took it on; null: nobody has. */
  acknowledgedBy: string | null;
}

/** What a message says of one alert, or of a maintenance window that is about to end. */
export interface Notice {
  event: DeliveryEvent;
  /** When it arose. */
  at: Date;
  /** Null for a reminder, and for a test. */
  alert: NoticedAlert | null;
  /** The team by which it is told; null where there is none. */
  teamName: string | null;
  /** Number of the step, from 0, of so many. */
  step: number;
  stepCount: number;
  /** The window, of a reminder alone. */
  maintenance: { name: string; scopeName: string; endsAt: Date } | null;
}

/** Where the reader of a message gets to. */
export interface NoticeUrls {
  /** The page of an alert. */
  alert(alertId: string): string;
  /** The page with one button that takes an alert on without a login; null where this recipient gets none. */
  acknowledge(alertId: string): string | null;
  /** The page of all active alerts. */
  all: string;
}

/** A message to one recipient. */
export interface OutgoingMessage {
  /** Idempotency key: the same for each try. Letters, digits, `.`, `_` and `-` alone: it stands in the Message-ID of mail. */
  key: string;
  /** An address of mail; for other types the host that is posted to, as `recipients` of the channel has it. */
  recipient: string;
  /** At least one. */
  notices: readonly Notice[];
  urls: NoticeUrls;
  /** Keys of the earlier mails of these alerts to this recipient, oldest first; the mail becomes an answer to them. */
  threadKeys: readonly string[];
  /** Says right before the message is written to the wire whether it still may be; it may where this is absent. */
  mayWrite?: (() => boolean) | undefined;
}
