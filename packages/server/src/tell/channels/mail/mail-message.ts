import type { Mail } from '@stratora/notifier';
import type { OutgoingMessage } from '../notice.ts';
import { firstOf, type MessageView } from '../wording/message-view.ts';
import { plainMessage } from '../wording/plain-message.ts';
import { mailHtml } from './mail-html.ts';

/** Words a message as a mail. */
export function mailOf(message: OutgoingMessage, view: MessageView): Mail {
  const { key, recipient, threadKeys, mayWrite } = message;
  const { notice } = firstOf(view);
  return {
    key,
    recipient,
    threadKeys,
    mayWrite,
    subject: view.title,
    headers: {
      'X-Stratora-Event': notice.event,
      ...(notice.alert === null || view.entries.length > 1 ? {} : { 'X-Stratora-Alert': notice.alert.id }),
    },
    text: plainMessage(view),
    html: mailHtml(view),
  };
}
