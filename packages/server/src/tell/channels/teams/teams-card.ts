import { firstOf, type MessageView, type NoticeView } from '../wording/message-view.ts';
import type { NoticeTone } from '../wording/notice-words.ts';

/**
 * Most bytes of a whole body. Teams refuses messages of more than 28 KB, in which it counts what it wraps them in
 * (learn.microsoft.com, "Limits and specifications for Microsoft Teams").
 */
export const TEAMS_MAX_BYTES = 24 * 1024;
/** Characters of a text and of a fact, in the order in which they are tried until the card fits. */
const CUTS = [
  { text: 4000, fact: 300 },
  { text: 1000, fact: 120 },
  { text: 200, fact: 60 },
] as const;

interface Cut {
  readonly text: number;
  readonly fact: number;
}

type Element = Record<string, unknown>;

/** Colours of Adaptive Cards by tone. */
const COLOURS: Readonly<Record<NoticeTone, string>> = {
  critical: 'Attention',
  warning: 'Warning',
  info: 'Accent',
  resolved: 'Good',
  neutral: 'Default',
};

/**
 * Makes the body of a message for a Workflow of Teams: an Adaptive Card. What devices and people wrote stands in
 * `TextRun` alone, which knows no Markdown, no links and no mentions. The body has 24 KB at most, whatever the texts: they are
 * cut, and of several notices the last are left out, before a link is.
 */
export function teamsBody(view: MessageView): Record<string, unknown> {
  for (const cut of CUTS) {
    const body = wrapped(cardOf(view, cut, view.entries.length));
    if (fits(body)) return body;
  }
  const [, , shortest] = CUTS;
  for (let count = Math.floor(view.entries.length / 2); count >= 1; count = Math.floor(count / 2)) {
    const body = wrapped(cardOf(view, shortest, count));
    if (fits(body)) return body;
  }
  return wrapped(cardOf(view, { text: 100, fact: 0 }, 1));
}

function fits(body: Record<string, unknown>): boolean {
  return Buffer.byteLength(JSON.stringify(body)) <= TEAMS_MAX_BYTES;
}

function wrapped(card: Element): Record<string, unknown> {
  return {
    type: 'message',
    attachments: [
      { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card },
    ],
  };
}

function cardOf(view: MessageView, cut: Cut, count: number): Element {
  const first = firstOf(view);
  const isSingle = view.entries.length === 1;
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: shortened(view.title, 300),
    msteams: { width: 'Full' },
    body: [
      runs([
        {
          text: shortened(view.title, 300),
          size: 'Large',
          weight: 'Bolder',
          color: COLOURS[first.mark.tone],
        },
      ]),
      ...(isSingle ? singleElements(first, cut) : groupElements(view, cut, count)),
    ],
    actions: isSingle ? singleActions(first, view.allUrl) : [open('Open all alerts', view.allUrl)],
  };
}

function singleElements({ more, reason, facts }: NoticeView, cut: Cut): Element[] {
  const shown = cut.fact === 0 ? [] : facts;
  return [
    ...paragraphs(more, cut.text),
    runs([{ text: reason, isSubtle: true }]),
    ...shown.map(({ name, value }) =>
      runs([{ text: `${name}: `, weight: 'Bolder' }, { text: shortened(value, cut.fact) }]),
    ),
  ];
}

function groupElements({ entries }: MessageView, cut: Cut, count: number): Element[] {
  const listed = entries.slice(0, count);
  const rest = entries.length - listed.length;
  return [
    ...listed.map((entry) => {
      const text = shortened(`${entry.headline} ${entry.more}`.trim(), Math.min(cut.text, 400));
      const shown = { text, color: COLOURS[entry.mark.tone] };
      return runs([entry.url === null ? shown : { ...shown, selectAction: open('Open alert', entry.url) }]);
    }),
    ...(rest > 0 ? [runs([{ text: `and ${rest} more`, isSubtle: true }])] : []),
  ];
}

function singleActions({ url, acknowledgeUrl }: NoticeView, allUrl: string): Element[] {
  return [
    url === null ? open('Open all alerts', allUrl) : open('Open alert', url),
    ...(acknowledgeUrl === null ? [] : [open('Acknowledge', acknowledgeUrl)]),
  ];
}

function open(title: string, url: string): Element {
  return { type: 'Action.OpenUrl', title, url };
}

/** Makes an element for each line: a run breaks none. */
function paragraphs(text: string, max: number): Element[] {
  if (text === '') return [];
  return shortened(text, max)
    .split('\n')
    .map((line) => runs([{ text: line === '' ? ' ' : line }]));
}

function runs(pieces: readonly Element[]): Element {
  return { type: 'RichTextBlock', inlines: pieces.map((piece) => ({ type: 'TextRun', ...piece })) };
}

/** Cuts a text to so many letters. */
function shortened(text: string, max: number): string {
  const letters = Array.from(text);
  return letters.length <= max ? text : `${letters.slice(0, Math.max(0, max - 1)).join('')}…`;
}
