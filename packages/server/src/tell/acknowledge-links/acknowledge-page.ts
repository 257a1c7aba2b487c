import type { AlertDetail } from '@stratora/contract';
import { escapeHtml } from '@stratora/runtime';

/** A page that a link opens: what the alert is, and the one button or why there is none. */
export interface LinkPage {
  readonly title: string;
  /** Sentences, each a paragraph. */
  readonly words: readonly string[];
  readonly alert: AlertDetail | undefined;
  /** Whether there is a button that acknowledges. */
  readonly hasButton: boolean;
  /** Where people log in. */
  readonly homeUrl: string;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1a2029; --soft: #5a6472; --page: #f4f5f7; --card: #fff; --line: #d8dce2; --accent: #1f5fd6; --bar: #5a6472; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7eaee; --soft: #a3adba; --page: #11151a; --card: #1a2027; --line: #323b46; --accent: #2f6fe4; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 560px; margin: 0 auto; padding: 20px 24px 24px; background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--bar); border-radius: 6px; overflow-wrap: anywhere; }
main.critical { --bar: #d1343f; } main.warning { --bar: #b87400; } main.info { --bar: #2f6fe4; }
h1 { margin: 0 0 12px; font-size: 20px; line-height: 28px; }
p { margin: 0 0 12px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 20px; font-size: 14px; }
dt { color: var(--soft); } dd { margin: 0; }
button { min-height: 44px; width: 100%; border: 0; border-radius: 6px; background: var(--accent); color: #fff; font: 600 16px system-ui, sans-serif; cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
a { color: inherit; } .soft { color: var(--soft); font-size: 14px; margin: 16px 0 0; }`;

/** Writes a page: complete, without script, in the colours that its reader prefers. */
export function renderPage({ title, words, alert, hasButton, homeUrl }: LinkPage): string {
  const facts = alert === undefined ? '' : factsOf(alert);
  const button = hasButton ? '<form method="post"><button type="submit">Acknowledge</button></form>' : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)} – Stratora</title><style>${STYLE}</style></head>
<body><main class="${alert?.severity ?? ''}"><h1>${escapeHtml(title)}</h1>
${words.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n')}
${facts}${button}
<p class="soft"><a href="${escapeHtml(homeUrl)}">Open Stratora</a></p></main></body></html>
`;
}

function factsOf(alert: AlertDetail): string {
  const rows: [string, string | null][] = [
    ['Node', alert.node_name ?? alert.component_name ?? 'Stratora'],
    ['Site', alert.site_name],
    ['Severity', alert.severity],
    ['Rule', alert.definition_name],
    ['Since', `${alert.triggered_at.replace('T', ' ').slice(0, 19)} UTC`],
  ];
  const shown = rows.filter(([, value]) => value !== null);
  return `<dl>${shown.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value ?? '')}</dd>`).join('')}</dl>\n`;
}
