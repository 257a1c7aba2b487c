import { firstOf, type MessageView, type NoticeView } from '../wording/message-view.ts';
import type { NoticeTone } from '../wording/notice-words.ts';

/** Limits of Slack: characters of the text of a section and of a field, fields of a section. */
const SECTION_MAX = 3000;
const FIELD_MAX = 2000;
const FIELDS_MAX = 10;
/** Entries that a message of several lists: with its foot it stays below the 50 blocks that Slack takes. */
const MOST_ENTRIES = 40;
/** Characters of one of them. */
const ENTRY_MAX = 500;

const COLOURS: Readonly<Record<NoticeTone, string>> = {
  critical: '#d92d20',
  warning: '#f79009',
  info: '#2e90fa',
  resolved: '#17b26a',
  neutral: '#667085',
};

type Block = Record<string, unknown>;

/**
 * Makes the body of a message to Slack. What devices and people wrote stands in `plain_text` alone, where nothing is a
 * link, a mention or an emoji; `mrkdwn` holds nothing but our own links.
 */
export function slackBody(view: MessageView): Record<string, unknown> {
  const first = firstOf(view);
  const title = escaped(view.title, SECTION_MAX);
  const blocks = view.entries.length === 1 ? singleBlocks(first) : groupBlocks(view);
  return {
    // Stands above the rest, and alone where there is no room; formats nothing.
    text: title,
    mrkdwn: false,
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    attachments: [{ color: COLOURS[first.mark.tone], fallback: title, blocks }],
  };
}

function singleBlocks(entry: NoticeView): Block[] {
  const { more, reason, facts } = entry;
  const links = linksOf(entry);
  const fields = facts.slice(0, FIELDS_MAX).map(({ name, value }) => plain(`${name}: ${value}`, FIELD_MAX));
  return [
    { type: 'section', text: plain(more === '' ? reason : `${more}\n${reason}`, SECTION_MAX) },
    ...(fields.length === 0 ? [] : [{ type: 'section', fields }]),
    ...(links === '' ? [] : [context(links)]),
  ];
}

function groupBlocks({ entries, allUrl }: MessageView): Block[] {
  const listed = entries.slice(0, MOST_ENTRIES);
  const rest = entries.length - listed.length;
  return [
    ...listed.map((entry) => {
      const links = linksOf(entry);
      const text = plain(`${entry.headline}\n${entry.more}`.trim(), ENTRY_MAX);
      return { type: 'section', fields: links === '' ? [text] : [text, mrkdwn(links)] };
    }),
    context(`${rest > 0 ? `and ${rest} more · ` : ''}${link(allUrl, 'Open all alerts')}`),
  ];
}

function linksOf({ url, acknowledgeUrl }: NoticeView): string {
  const links = [
    ...(url === null ? [] : [link(url, 'Open alert')]),
    ...(acknowledgeUrl === null ? [] : [link(acknowledgeUrl, 'Acknowledge')]),
  ];
  return links.join(' · ');
}

function context(text: string): Block {
  return { type: 'context', elements: [mrkdwn(text)] };
}

function mrkdwn(text: string): Block {
  return { type: 'mrkdwn', text, verbatim: true };
}

function plain(text: string, max: number): Block {
  return { type: 'plain_text', text: escaped(text, max), emoji: false };
}

/** Writes a link of our own; the letters that would end it early are written as a URL may have them. */
function link(url: string, label: string): string {
  const safe = url.replace(/[<>|"\s]/g, encodeURIComponent).replaceAll('&', '&amp;');
  return `<${safe}|${label}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Escapes the three letters that are Slack's own, and cuts the text as it is sent; never empty, which Slack refuses. */
export function escaped(text: string, max: number): string {
  let length = 0;
  let out = '';
  for (const letter of text) {
    const piece = ENTITIES[letter] ?? letter;
    length += piece.length;
    if (length > max - 1) return `${out}…`;
    out += piece;
  }
  return out === '' ? '-' : out;
}
