import { isIP } from 'node:net';
import MailComposer from 'nodemailer/lib/mail-composer';

/** A mail to one recipient, as whoever sends it words it. */
export interface Mail {
  /** Idempotency key: the same for each try. Letters, digits, `.`, `_` and `-` alone: it stands in the Message-ID. */
  key: string;
  /** Address of mail. */
  recipient: string;
  /** Keys of the earlier mails that it answers, oldest first. */
  threadKeys: readonly string[];
  subject: string;
  text: string;
  /** Absent: the mail has plain text alone. */
  html?: string;
  /** Further headers. */
  headers: Readonly<Record<string, string>>;
  /** Says right before the mail is written to the wire whether it still may be; it may where this is absent. */
  mayWrite?: (() => boolean) | undefined;
}

/** What a mail is made with beside its words. */
export interface MailFrame {
  /** Address from which it comes. */
  from: string;
  /** Host of the address by which people reach the server; it stands in the ids of mails. */
  host: string;
  /** When it is sent: one that waited for its server must not stand among the mails of yesterday. */
  date: Date;
}

/** Most characters of a subject. */
const SUBJECT_MAX = 180;
/** Most earlier mails that are named: headers must not grow without end. */
const REFERENCES_MAX = 20;

/** Makes the bytes of a mail, headers and all (RFC 5322, RFC 3834 for what says that a machine wrote it). */
export async function composeMail(mail: Mail, { from, host, date }: MailFrame): Promise<Buffer> {
  const { key, recipient, subject, text, html, headers, threadKeys } = mail;
  const references = threadKeys
    .filter((one) => one !== key)
    .slice(-REFERENCES_MAX)
    .map((one) => messageId(one, host));
  const inReplyTo = references.at(-1);
  const composer = new MailComposer({
    from: { name: 'Stratora', address: from },
    to: { name: '', address: recipient },
    subject: subjectLine(subject),
    messageId: messageId(key, host),
    ...(inReplyTo === undefined ? {} : { inReplyTo, references }),
    date,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...headers },
    text,
    ...(html === undefined ? {} : { html }),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** Makes the subject of a mail of a text: one line without anything that could end it. */
export function subjectLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const letters = Array.from(line);
  return letters.length <= SUBJECT_MAX ? line : `${letters.slice(0, SUBJECT_MAX - 1).join('')}…`;
}

/** Makes the id of a mail of its key: the same for each try, and known when a later mail answers it. */
export function messageId(key: string, host: string): string {
  const left = key.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  return `<${left}@${idHost(host)}>`;
}

/** Writes a host as the right side of an id has it: an address stands in brackets. */
function idHost(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare) === 6) return `[IPv6:${bare}]`;
  return isIP(bare) === 4 ? `[${bare}]` : bare;
}
