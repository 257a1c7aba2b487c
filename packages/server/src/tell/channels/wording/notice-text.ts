import { CHANNEL_TEXT_MAX } from '@stratora/contract';
import {
  fillTemplate,
  parseTemplate,
  plainLine,
  type TemplateKind,
  type TemplateValues,
  type TextTemplate,
} from '../../../judge/summary-text/index.ts';
import type { Notice, NoticedAlert } from '../notice.ts';

/** What a channel's own text may name. */
const NOTICE_TEXT: TemplateKind = {
  noun: 'text',
  maxLength: CHANNEL_TEXT_MAX,
  numbers: ['value', 'threshold'],
  texts: ['summary', 'node', 'severity', 'definition', 'instance', 'site', 'event', 'team', 'url'],
};

/** Most bytes of one line of a text, and most lines of one. */
const LINE_MAX_BYTES = 2_000;
const MOST_LINES = 40;
/** Most bytes of a value that is put in. */
const VALUE_MAX_BYTES = 500;

/** Reads the text of a channel as a person wrote it; says all that is wrong with it. */
export function readNoticeText(
  text: string,
): { ok: true; template: TextTemplate } | { ok: false; faults: string[] } {
  const parsed = parseTemplate(text, NOTICE_TEXT);
  if (parsed.ok) return parsed;
  const faults = parsed.faults.map(
    ({ line, column, message }) => `line ${line}, column ${column}: ${message}`,
  );
  return { ok: false, faults };
}

/** A text as it goes out, plain, of several lines perhaps. It still must be encoded where it is shown. */
export interface NoticeText {
  text: string;
  /** Why it is the built-in text; null where it is as meant. */
  failure: string | null;
}

/**
 * Renders what a message says of an alert: the channel's own text, or the built-in one where there is none or where it
 * cannot be rendered for this alert.
 *
 * @param url of the page of the alert
 */
export function renderNoticeText(
  template: TextTemplate | null,
  notice: Notice,
  alert: NoticedAlert,
  url: string,
): NoticeText {
  if (template === null) return { text: builtInText(alert), failure: null };
  const filled = fillTemplate(template, valuesOf(notice, alert, url));
  if (!filled.ok) return { text: builtInText(alert), failure: filled.missing };
  const text = plainLines(filled.text);
  return text === '' ? { text: builtInText(alert), failure: 'The text is empty.' } : { text, failure: null };
}

function builtInText({ summary, description }: NoticedAlert): string {
  const more = description === null ? '' : `\n${description}`;
  return plainLines(`${plainLine(summary, VALUE_MAX_BYTES)}${more}`);
}

/** Returns the values of a text. What an alert may well be without is empty; numbers and labels are not. */
function valuesOf(notice: Notice, alert: NoticedAlert, url: string): TemplateValues {
  const texts = {
    summary: alert.summary,
    node: alert.nodeName ?? alert.componentName ?? '',
    severity: alert.severity,
    definition: alert.definitionName,
    instance: alert.instance,
    site: alert.siteName ?? '',
    event: notice.event,
    team: notice.teamName ?? '',
  };
  const lines = Object.entries(texts).map(([name, text]) => [name, plainLine(text, VALUE_MAX_BYTES)]);
  return {
    numbers: { value: alert.value, threshold: alert.threshold },
    texts: { ...(Object.fromEntries(lines) as typeof texts), url },
    labels: alert.labels,
  };
}

/** Makes plain text of bounded length: lines without control characters, none of them empty beside another. */
export function plainLines(text: string): string {
  const lines = text.split(/\r\n|\r|\n/, MOST_LINES).map((line) => plainLine(line, LINE_MAX_BYTES));
  return lines
    .filter((line, index) => line !== '' || lines[index - 1] !== '')
    .join('\n')
    .trim();
}
