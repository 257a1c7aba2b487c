import { measuredOrNull } from '@stratora/contract';
import type { NoticedAlert, OutgoingMessage } from '../notice.ts';
import { firstOf, type MessageView, type NoticeView } from '../wording/message-view.ts';
import { durationSeconds } from '../wording/notice-words.ts';

/** Most alerts that one body names. */
const MOST_ALERTS = 500;

/**
 * Makes the body of a webhook. Of several notices the worst stands at the top, so that a receiver which knows one alert
 * reads the one that matters; all of them stand in `details.alerts`.
 */
export function webhookBody(message: OutgoingMessage, view: MessageView): Record<string, unknown> {
  const first = firstOf(view);
  const listed = view.entries.slice(0, MOST_ALERTS);
  return {
    ...entryBody(first),
    source: 'stratora',
    timestamp: latest(view.entries).toISOString(),
    escalation: first.notice.teamName,
    escalation_step: first.notice.step,
    details: {
      ...detailsOf(first),
      key: message.key,
      title: view.title,
      count: view.entries.length,
      alerts: listed.map((entry) => ({ ...entryBody(entry), details: detailsOf(entry) })),
      left_out: view.entries.length - listed.length,
      all_url: view.allUrl,
    },
  };
}

function latest(entries: readonly NoticeView[]): Date {
  return new Date(Math.max(...entries.map(({ notice }) => notice.at.getTime())));
}

function entryBody(entry: NoticeView): Record<string, unknown> {
  const { alert } = entry.notice;
  return {
    type: typeOf(entry),
    alert_id: alert?.id ?? null,
    node_id: alert?.nodeId ?? null,
    node_name: alert?.nodeName ?? null,
    severity: alert?.severity ?? null,
    summary: alert?.summary ?? entry.headline,
    description: entry.text === '' ? entry.reason : entry.text,
    alert_type: alert?.kind ?? null,
    alert_key: alert?.alertKey ?? null,
    triggered_at: alert?.triggeredAt.toISOString() ?? null,
    ...(alert?.resolvedAt ? endOf(alert, alert.resolvedAt) : {}),
  };
}

/** The type of a body: what a receiver must tell apart to open and close its own incident. */
function typeOf({ notice: { event } }: NoticeView): string {
  if (event === 'resolved') return 'alert_resolved';
  if (event === 'test') return 'test';
  return event === 'reminder' ? 'maintenance_reminder' : 'alert';
}

/** Returns when an alert ended, and its seconds. */
function endOf(alert: NoticedAlert, resolvedAt: Date): Record<string, unknown> {
  return { resolved_at: resolvedAt.toISOString(), duration: durationSeconds(alert) };
}

function detailsOf({ notice, reason, url, acknowledgeUrl }: NoticeView): Record<string, unknown> {
  const { event, alert, teamName, step, stepCount, maintenance } = notice;
  return {
    event,
    reason,
    team: teamName,
    step,
    step_count: stepCount,
    url,
    acknowledge_url: acknowledgeUrl,
    ...(alert && alertDetails(alert)),
    ...(maintenance && {
      maintenance: {
        name: maintenance.name,
        scope_name: maintenance.scopeName,
        ends_at: maintenance.endsAt.toISOString(),
      },
    }),
  };
}

function alertDetails(alert: NoticedAlert): Record<string, unknown> {
  return {
    state: alert.state,
    previous_severity: alert.previousSeverity,
    site_name: alert.siteName,
    component_name: alert.componentName,
    definition_name: alert.definitionName,
    definition_slug: alert.definitionSlug,
    instance: alert.instance,
    labels: alert.labels,
    value: measuredOrNull(alert.value),
    threshold: measuredOrNull(alert.threshold),
    comparison: alert.comparison,
    unit: alert.unit,
    query: alert.query,
    started_at: alert.startedAt.toISOString(),
    acknowledged_by: alert.acknowledgedBy,
    runbook_url: alert.runbookUrl,
  };
}
