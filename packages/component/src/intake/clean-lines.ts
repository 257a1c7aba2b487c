import { joinTextLines } from '@stratora/lineprotocol';

const LINE_FEED = 0x0a;
const TAB = 0x09;
const DELETE = 0x7f;
const SPACE = 0x20;
// oxlint-disable-next-line no-control-regex -- removing control characters is the point
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
/** Measurement and tags: up to the first space that is not escaped. */
const SERIES = /^(?:\\[^]|[^ \\])*/;
const TAG = /(,(?:\\[^]|[^,= \\])+=)((?:\\[^]|[^, \\])*)/g;

/**
 * Makes the text in lines of an engine safe for those who cut bodies at line feeds and for a store that refuses control
 * characters. Telegraf writes both as a device sent them: one NUL at the end of a name would cost the whole row. Works
 * on the octets, and hands back the same buffer where there is nothing to do.
 */
export function cleanLines(body: Buffer): Buffer {
  const joined = joinTextLines(body);
  if (!hasControls(joined)) return joined;
  const lines = joined.toString('latin1').split('\n');
  return Buffer.from(
    lines.map((line) => (line.search(CONTROLS) < 0 ? line : cleanLine(line))).join('\n'),
    'latin1',
  );
}

function cleanLine(line: string): string {
  const [series = ''] = SERIES.exec(line) ?? [];
  const safe = series.replace(TAG, (_, key: string, value: string) => {
    const kept = value.replace(CONTROLS, '');
    return kept === '' ? '' : key + kept;
  });
  return safe + line.slice(series.length).replace(CONTROLS, '');
}

function hasControls(body: Buffer): boolean {
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] as number;
    if (byte < SPACE ? byte !== LINE_FEED && byte !== TAB : byte === DELETE) return true;
  }
  return false;
}
