export { composeMail, type Mail, type MailFrame, messageId, subjectLine } from './mail/mail-bytes.ts';
export { type MailLimits, MailSender, type MailSenderOptions } from './mail/mail-sender.ts';
export { type Post, Poster, type PosterOptions } from './post/http-post.ts';
export { postWebhook, signatureOf, type WebhookPost } from './post/webhook-post.ts';
export type { SendResult } from './send-result.ts';
