import type { OutageEvent, OutageStanding, OutageTelling } from '@stratora/contract';

const STANDINGS: Readonly<Record<OutageStanding, string>> = {
  off: 'nothing: it was not asked to',
  no_channel: 'nothing: none of its channels can be used',
  pending: 'not yet: it has not fetched the newest orders',
  armed: 'yes',
};

/** Whether a collector would tell people that it cannot reach the server. */
export function standingWords(standing: OutageStanding): string {
  return STANDINGS[standing];
}

const EVENTS: Readonly<Record<OutageEvent, string>> = {
  away: 'Server away',
  still_away: 'Still away',
  back: 'Server back',
};

/** What became of one of its messages: "Server away, to oncall@example.com: accepted". */
export function tellingWords({ event, recipient, state, message, attempts }: OutageTelling): string {
  const lead = `${EVENTS[event]}, to ${recipient}`;
  switch (state) {
    case 'accepted':
      return `${lead}: accepted`;
    case 'failed':
      return `${lead}: failed${message === '' ? '' : `. ${message}`}`;
    case 'dropped':
      return `${lead}: not sent${attempts === 0 ? '' : `. ${message}`}`;
    case 'waiting':
      return `${lead}: waiting${message === '' ? '' : `. ${message}`}`;
  }
}

/** Seconds from one time to another. */
export function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}
