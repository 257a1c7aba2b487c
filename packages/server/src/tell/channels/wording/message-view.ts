import type { TextTemplate } from '../../../judge/summary-text/index.ts';
import type { Notice, OutgoingMessage } from '../notice.ts';
import { renderNoticeText } from './notice-text.ts';
import { type Fact, factsOf, headlineOf, markOf, type NoticeMark, reasonOf } from './notice-words.ts';

/** What a message says of one notice. All of it is plain text, to be encoded where it is shown. */
export interface NoticeView {
  notice: Notice;
  mark: NoticeMark;
  headline: string;
  reason: string;
  /** Several lines perhaps. */
  text: string;
  /** What the text says beyond the headline; empty where that says it all. */
  more: string;
  facts: Fact[];
  /** Page of the alert; null where the notice is about none. */
  url: string | null;
  acknowledgeUrl: string | null;
}

/** A message as every channel shows it in its own way. */
export interface MessageView {
  title: string;
  /** At least one, the worst first. */
  entries: NoticeView[];
  /** Page of all active alerts. */
  allUrl: string;
  /** Why the built-in text stands in it; null where everything is as meant. */
  failure: string | null;
}

const TONES = ['critical', 'warning', 'info', 'neutral', 'resolved'] as const;

/** Words a message. @param template the channel's own text; null: the built-in one */
export function viewOf(
  { notices, urls }: Pick<OutgoingMessage, 'notices' | 'urls'>,
  template: TextTemplate | null,
): MessageView {
  const failures: string[] = [];
  const entries = notices.map((notice): NoticeView => {
    const { alert } = notice;
    const mark = markOf(notice);
    const common = { notice, mark, headline: headlineOf(notice), reason: reasonOf(notice) };
    const facts = factsOf(notice);
    if (alert === null) return { ...common, text: '', more: '', facts, url: null, acknowledgeUrl: null };
    const url = urls.alert(alert.id);
    const { text, failure } = renderNoticeText(template, notice, alert, url);
    if (failure !== null) failures.push(failure);
    const isOpen = alert.state === 'active' && alert.acknowledgedBy === null;
    const more = beyond(common.headline, text);
    return { ...common, text, more, facts, url, acknowledgeUrl: isOpen ? urls.acknowledge(alert.id) : null };
  });
  entries.sort((a, b) => TONES.indexOf(a.mark.tone) - TONES.indexOf(b.mark.tone));
  return { title: titleOf(entries), entries, allUrl: urls.all, failure: failures[0] ?? null };
}

/** Returns what a text says beyond a headline: without its first line, where that is the headline's. */
function beyond(headline: string, text: string): string {
  const [first = '', ...rest] = text.split('\n');
  return headline.endsWith(`: ${first}`) ? rest.join('\n').trim() : text;
}

/** Returns the entry that stands for a message: the worst. */
export function firstOf({ entries }: MessageView): NoticeView {
  const [first] = entries;
  if (first === undefined) throw new Error('a message without a notice');
  return first;
}

function titleOf(entries: readonly NoticeView[]): string {
  const [only, ...others] = entries;
  if (only === undefined) throw new Error('a message without a notice');
  if (others.length === 0) return only.headline;
  const counts = TONES.map((tone) => {
    const count = entries.filter(({ mark }) => mark.tone === tone).length;
    return count === 0 ? '' : `${count} ${tone === 'neutral' ? 'other' : tone}`;
  });
  return `${entries.length} notices: ${counts.filter((count) => count !== '').join(', ')}`;
}
