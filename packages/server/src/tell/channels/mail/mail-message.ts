import { isIP } from 'node:net';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { OutgoingMessage } from '../notice.ts';
import { firstOf, type MessageView } from '../wording/message-view.ts';
import { plainMessage } from '../wording/plain-message.ts';
import { mailHtml } from './mail-html.ts';

/** What a mail is made with beside the message. */
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
export async function composeMail(
  message: OutgoingMessage,
  view: MessageView,
  { from, host, date }: MailFrame,
): Promise<Buffer> {
  const references = message.threadKeys
    .filter((key) => key !== message.key)
    .slice(-REFERENCES_MAX)
    .map((key) => messageId(key, host));
  const { notice } = firstOf(view);
  const inReplyTo = references.at(-1);
  const composer = new MailComposer({
    from: { name: 'Stratora', address: from },
    to: { name: '', address: message.recipient },
    subject: subjectOf(view),
    messageId: messageId(message.key, host),
    ...(inReplyTo === undefined ? {} : { inReplyTo, references }),
    date,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Stratora-Event': notice.event,
      ...(notice.alert === null || view.entries.length > 1 ? {} : { 'X-Stratora-Alert': notice.alert.id }),
    },
    text: plainMessage(view),
    html: mailHtml(view),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** Writes the subject of a mail: one line without anything that could end it. */
export function subjectOf({ title }: MessageView): string {
  const line = title.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
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
