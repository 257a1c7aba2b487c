import type { MessageView, NoticeView } from './message-view.ts';

/** Most entries that a plain message of several lists. */
const MOST_ENTRIES = 200;

/** Writes a message as plain text: the other half of a mail, and what a preview shows. */
export function plainMessage(view: MessageView): string {
  const { title, entries, allUrl } = view;
  const [only, ...others] = entries;
  if (only !== undefined && others.length === 0) return singleText(only, allUrl);
  const listed = entries.slice(0, MOST_ENTRIES);
  const rest = entries.length - listed.length;
  const lines = [
    title,
    '',
    ...listed.flatMap((entry) => entryLines(entry)),
    ...(rest > 0 ? [`and ${rest} more`, ''] : []),
    `All alerts: ${allUrl}`,
  ];
  return lines.join('\n');
}

function singleText(entry: NoticeView, allUrl: string): string {
  const { headline, more, reason, facts, url, acknowledgeUrl } = entry;
  const width = Math.max(0, ...facts.map(({ name }) => name.length + 1));
  const lines = [
    headline,
    ...(more === '' ? [] : ['', more]),
    '',
    reason,
    ...(facts.length === 0 ? [] : ['']),
    ...facts.map(({ name, value }) => `${`${name}:`.padEnd(width)} ${value}`),
    '',
    url === null ? `All alerts: ${allUrl}` : `Open alert: ${url}`,
    ...(acknowledgeUrl === null ? [] : [`Acknowledge: ${acknowledgeUrl}`]),
  ];
  return lines.join('\n');
}

function entryLines({ headline, more, reason, url, acknowledgeUrl }: NoticeView): string[] {
  return [
    headline,
    ...(more === '' ? [] : [more]),
    reason,
    ...(url === null ? [] : [url]),
    ...(acknowledgeUrl === null ? [] : [`Acknowledge: ${acknowledgeUrl}`]),
    '',
  ];
}
