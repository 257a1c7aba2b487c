import { escapeHtml } from '@stratora/runtime';
import type { MessageView, NoticeView } from '../wording/message-view.ts';
import type { NoticeTone } from '../wording/notice-words.ts';

/** Dark enough for white letters on them (WCAG 1.4.3). */
const COLOURS: Readonly<Record<NoticeTone, string>> = {
  critical: '#d92d20',
  warning: '#b54708',
  info: '#1570ef',
  resolved: '#067647',
  neutral: '#667085',
};

/** Most entries that a mail of several lists. */
const MOST_ENTRIES = 100;

const FONT = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/**
 * Makes the HTML of a mail: tables and inline styles, since mail programs know little else. Nothing is loaded from
 * anywhere. Programs that show mail dark invert it by the classes in the head.
 */
export function mailHtml(view: MessageView): string {
  const [only, ...others] = view.entries;
  const isSingle = only !== undefined && others.length === 0;
  const content = isSingle ? singleHtml(only) : groupHtml(view);
  const tone = only?.mark.tone ?? 'neutral';
  const button = isSingle ? buttonsOf(only, view.allUrl) : buttonHtml('Open all alerts', view.allUrl, true);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(view.title)}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #101418 !important; }
  .card { background: #1b2129 !important; border-color: #333c47 !important; }
  .strong { color: #f2f4f7 !important; }
  .soft { color: #a4adba !important; }
  .line { border-color: #333c47 !important; }
  .plain-button { background: #1b2129 !important; color: #f2f4f7 !important; border-color: #54606f !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f2f4f7;${FONT}">
<table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f7">
<tr><td align="center" style="padding:24px 12px">
<table class="card" role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;background:#ffffff;border:1px solid #e4e7ec;border-radius:8px;border-collapse:separate;overflow:hidden">
<tr><td style="height:6px;line-height:6px;font-size:0;background:${COLOURS[tone]}">&nbsp;</td></tr>
<tr><td style="padding:24px 28px 28px">
${content}
<table role="presentation" cellpadding="0" cellspacing="0" style="margin-top:24px"><tr>${button}</tr></table>
</td></tr>
</table>
<p class="soft" style="margin:16px 0 0;font-size:12px;line-height:18px;color:#667085">Sent by Stratora. Replies are not read.</p>
</td></tr>
</table>
</body>
</html>
`;
}

function singleHtml({ mark, headline, more, reason, facts }: NoticeView): string {
  const title = headline.startsWith(`${mark.word}: `) ? headline.slice(mark.word.length + 2) : headline;
  const rows = facts.map(
    ({ name, value }, index) =>
      `<tr>${cell(name, index, 'soft', 'width:128px;color:#667085')}${cell(value, index, 'strong', 'color:#101828')}</tr>`,
  );
  const table =
    rows.length === 0
      ? ''
      : `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin-top:20px;border-collapse:collapse">${rows.join('\n')}</table>`;
  return `${markHtml(mark.word, mark.tone)}
<h1 class="strong" style="margin:10px 0 0;font-size:20px;line-height:28px;font-weight:600;color:#101828;word-break:break-word">${escapeHtml(title)}</h1>
${more === '' ? '' : paragraph(more, 'strong', 'margin:14px 0 0;font-size:15px;line-height:23px;color:#101828')}
${paragraph(reason, 'soft', 'margin:10px 0 0;font-size:14px;line-height:21px;color:#475467')}
${table}`;
}

function groupHtml({ title, entries, allUrl }: MessageView): string {
  const listed = entries.slice(0, MOST_ENTRIES);
  const rest = entries.length - listed.length;
  const rows = listed.map((entry, index) => `<tr>${groupRow(entry, index)}</tr>`);
  const more =
    rest > 0
      ? paragraph(
          `and ${rest} more, all of them at ${allUrl}`,
          'soft',
          'margin:14px 0 0;font-size:14px;color:#475467',
        )
      : '';
  return `<h1 class="strong" style="margin:0;font-size:20px;line-height:28px;font-weight:600;color:#101828">${escapeHtml(title)}</h1>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin-top:16px;border-collapse:collapse">
${rows.join('\n')}
</table>
${more}`;
}

function groupRow(entry: NoticeView, index: number): string {
  const { mark, headline, more, reason, url, acknowledgeUrl } = entry;
  const title = headline.startsWith(`${mark.word}: `) ? headline.slice(mark.word.length + 2) : headline;
  const links = [
    ...(url === null ? [] : [linkHtml('Open alert', url)]),
    ...(acknowledgeUrl === null ? [] : [linkHtml('Acknowledge', acknowledgeUrl)]),
  ];
  const border = index === 0 ? '' : 'border-top:1px solid #e4e7ec;';
  return `<td class="line" style="${border}padding:14px 0;vertical-align:top">
${markHtml(mark.word, mark.tone)}
<div class="strong" style="margin-top:6px;font-size:15px;line-height:22px;font-weight:600;color:#101828;word-break:break-word">${escapeHtml(title)}</div>
${more === '' ? '' : paragraph(more, 'strong', 'margin:4px 0 0;font-size:14px;line-height:21px;color:#101828')}
${paragraph(reason, 'soft', 'margin:2px 0 0;font-size:13px;line-height:20px;color:#475467')}
<div style="margin-top:4px;font-size:13px;line-height:20px">${links.join(' &nbsp; ')}</div>
</td>`;
}

function markHtml(word: string, tone: NoticeTone): string {
  return `<span style="display:inline-block;padding:2px 10px;border-radius:10px;background:${COLOURS[tone]};color:#ffffff;font-size:12px;line-height:18px;font-weight:600;letter-spacing:0.4px">${escapeHtml(word)}</span>`;
}

function cell(text: string, index: number, kind: string, style: string): string {
  const border = index === 0 ? '' : 'border-top:1px solid #e4e7ec;';
  return `<td class="line ${kind}" style="${border}padding:8px 12px 8px 0;font-size:14px;line-height:20px;vertical-align:top;word-break:break-word;${style}">${escapeHtml(text)}</td>`;
}

function paragraph(text: string, kind: string, style: string): string {
  return `<p class="${kind}" style="${style};word-break:break-word">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;
}

function buttonsOf({ url, acknowledgeUrl }: NoticeView, allUrl: string): string {
  const open =
    url === null ? buttonHtml('Open all alerts', allUrl, true) : buttonHtml('Open alert', url, true);
  return acknowledgeUrl === null ? open : `${open}${buttonHtml('Acknowledge', acknowledgeUrl, false)}`;
}

function buttonHtml(label: string, url: string, isMain: boolean): string {
  const look = isMain
    ? 'background:#175cd3;color:#ffffff;border:1px solid #175cd3'
    : 'background:#ffffff;color:#344054;border:1px solid #d0d5dd';
  const kind = isMain ? '' : ' class="plain-button"';
  return `<td style="padding-right:12px"><a${kind} href="${escapeHtml(url)}" style="display:inline-block;padding:10px 18px;border-radius:6px;font-size:14px;line-height:20px;font-weight:600;text-decoration:none;${look}">${label}</a></td>`;
}

function linkHtml(label: string, url: string): string {
  return `<a href="${escapeHtml(url)}" style="color:#2e7df2;text-decoration:none;font-weight:600">${label}</a>`;
}
