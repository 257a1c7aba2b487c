import { DELIVERY_EVENTS, type DeliveryEvent } from '@stratora/contract';
import type { Notice, NoticedAlert, OutgoingMessage } from '../notice.ts';

const HOUR_MS = 3_600_000;

/** Makes a message about a sample alert for each event, so that people see what theirs would look like. */
export function sampleMessages(now: Date, origin: string): OutgoingMessage[] {
  return DELIVERY_EVENTS.map((event) => ({
    key: `sample-${event}`,
    recipient: 'oncall@example.com',
    notices: [sampleNotice(event, now)],
    urls: {
      alert: (id) => `${origin}/alerts/${id}`,
      acknowledge: () => `${origin}/acknowledge/sample`,
      all: `${origin}/alerts`,
    },
    threadKeys: [],
  }));
}

function sampleNotice(event: DeliveryEvent, now: Date): Notice {
  const isAbout = event !== 'test' && event !== 'reminder';
  return {
    event,
    at: now,
    alert: isAbout ? sampleAlert(event, now) : null,
    teamName: isAbout ? 'Network team' : null,
    step: event === 'escalated' ? 1 : 0,
    stepCount: isAbout ? 3 : 0,
    maintenance:
      event === 'reminder'
        ? { name: 'Firmware update', scopeName: 'Berlin', endsAt: new Date(now.getTime() + 600_000) }
        : null,
  };
}

function sampleAlert(event: DeliveryEvent, now: Date): NoticedAlert {
  const isResolved = event === 'resolved';
  const begin = new Date(now.getTime() - HOUR_MS);
  return {
    id: '00000000-0000-7000-8000-000000000001',
    alertKey: 'disk_used:/var',
    nodeId: '00000000-0000-7000-8000-000000000002',
    nodeName: 'web-01',
    componentName: null,
    siteName: 'Berlin',
    severity: 'critical',
    previousSeverity: event === 'changed' ? 'warning' : null,
    state: isResolved ? 'resolved' : 'active',
    summary: 'Disk used /var on web-01: 97.2 % (above 95 %)',
    description: null,
    definitionName: 'Disk used',
    definitionSlug: 'disk_used',
    kind: 'metric',
    instance: '/var',
    value: 97.21,
    threshold: 95,
    unit: 'percent',
    comparison: '>',
    query: 'disk_used_percent',
    startedAt: begin,
    triggeredAt: begin,
    resolvedAt: isResolved ? now : null,
    labels: { device: 'sda1', fstype: 'ext4', path: '/var' },
    runbookUrl: null,
    acknowledgedBy: null,
  };
}
