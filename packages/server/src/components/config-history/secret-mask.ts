import { createHmac } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';

/** Makes the fingerprint that stands for a secret: a changed secret has another one. */
export type Fingerprint = (option: string, value: string) => string;

/** Bytes of a fingerprint: enough to see a change, and far too few to say anything about the secret. */
const FINGERPRINT_BYTES = 4;

/**
 * Makes the fingerprints of one component's secrets. Without the key nobody can try guesses against them, and those of another
 * component are others.
 */
export function fingerprintOf(key: Buffer, componentId: string): Fingerprint {
  // The same few secrets stand in thousands of blocks.
  const known = new Map<string, string>();
  return (option, value) => {
    const text = `${option}\n${value}`;
    let mark = known.get(text);
    if (mark === undefined) {
      const digest = createHmac('sha256', key).update(`config-mask|${componentId}|${text}`).digest();
      mark = digest.toString('hex', 0, FINGERPRINT_BYTES);
      known.set(text, mark);
    }
    return mark;
  };
}

/**
 * Options whose value is a secret, whatever the plugin, or may hold one, such as the body of a request. `sec_name`,
 * `auth_protocol` and the like are none.
 */
const SECRET_OPTION =
  /community$|(?:^|_)pass$|passwo?r?d$|passphrase$|pwd|secret|token|credential|authorization|cookie|headers$|^body(?:_form)?$|(?:^|_)(?:api|access|private|shared)?key$/i;
/** Tables whose entries are all taken for secrets: they often hold what lets us into a server. */
const SECRET_TABLE = /(?:^|\.)"?(?:(?:http_)?(?:headers|cookies)|body_form)"?$/i;

const ENTRY = /^(?:([A-Za-z0-9_-]+)|"([^"]*)") = (.*)$/;
const TEXT = /"(?:[^"\\]|\\.)*"/g;
/** User and password of a URL: up to the last `@` of its authority (WHATWG URL, section 4.4). */
const USER_INFO = /(:\/\/)([^/?#]*)@/g;
const QUERY_SECRET =
  /([?&;][^=&#;]*(?:token|key|pass|pwd|secret|sig|auth|cred|code|session)[^=&#;]*=)([^&#;"]*)/gi;
/** Values that may hold either; tried before anything is taken apart, since nearly no line has it. */
const MAY_HOLD_SECRET = /:\/\/[^"]*@|[?&;][^"]*=/;

/**
 * Masks the secrets of a config. It is read line by line, as our writer wrote it (one entry a line, no text over several
 * lines): secrets are found by the names of options and in URLs, in any block and any option.
 */
export function maskSecrets(text: string, fingerprint: Fingerprint): string {
  const parts: string[] = [];
  let isSecretTable = false;
  let kept = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    if (line.startsWith('[')) {
      isSecretTable = SECRET_TABLE.test(line.replace(/^\[+|\]+$/g, ''));
    } else {
      const masked = maskLine(line, isSecretTable, fingerprint);
      if (masked !== line) {
        parts.push(text.slice(kept, start), masked);
        kept = end;
      }
    }
    start = end + 1;
  }
  parts.push(text.slice(kept));
  return parts.join('');
}

/** Characters that are masked before other work gets its turn. */
const PIECE = 512 * 1024;

/** Masks the secrets of a text of any size, with pauses for other work. */
export async function maskLargeText(text: string, fingerprint: Fingerprint): Promise<string> {
  const parts: string[] = [];
  for (let start = 0; start < text.length; ) {
    // A header begins afresh: what was before it does not matter to what follows.
    const header = text.indexOf('\n[', start + PIECE);
    const end = header < 0 ? text.length : header + 1;
    parts.push(maskSecrets(text.slice(start, end), fingerprint));
    start = end;
    await turn();
  }
  return parts.join('');
}

function maskLine(line: string, isSecretTable: boolean, fingerprint: Fingerprint): string {
  const entry = ENTRY.exec(line);
  // A comment or an empty line; anything else is not of our writer's making, and is not shown.
  if (!entry) return line === '' || line.startsWith('#') ? line : `# *** ${fingerprint('', line)}`;
  const name = entry[1] ?? entry[2] ?? '';
  const value = entry[3] ?? '';
  if (isSecretTable || SECRET_OPTION.test(name)) {
    return `${line.slice(0, line.length - value.length)}"*** ${fingerprint(name, value)}"`;
  }
  if (!MAY_HOLD_SECRET.test(value)) return line;
  const head = line.slice(0, line.length - value.length);
  return head + value.replace(TEXT, (part) => maskUrl(part, name, fingerprint));
}

function maskUrl(text: string, name: string, fingerprint: Fingerprint): string {
  return text
    .replace(USER_INFO, (_, scheme: string, user: string) => `${scheme}***${fingerprint(name, user)}@`)
    .replace(QUERY_SECRET, (_, key: string, value: string) => `${key}***${fingerprint(name, value)}`);
}
