import type { ChatConfig } from '@stratora/contract';
import type { Poster, SendResult } from '@stratora/notifier';
import type { OutgoingMessage } from '../notice.ts';
import type { Notifier, ShownMessage } from '../notifier.ts';
import type { MessageView } from '../wording/message-view.ts';
import { plainMessage } from '../wording/plain-message.ts';
import { slackBody } from './slack-blocks.ts';

/** What Slack's own answers to an incoming webhook mean. */
const WORDS: Readonly<Record<string, string>> = {
  action_prohibited:
    'Slack refuses: an administrator of the workspace has restricted posting to this channel.',
  channel_is_archived: 'Slack refuses: the channel is archived.',
  channel_not_found: 'Slack refuses: the channel does not exist any more.',
  invalid_payload: 'Slack refuses the message: it does not have the form that it takes.',
  invalid_blocks: 'Slack refuses the message: it does not have the form that it takes.',
  invalid_blocks_format: 'Slack refuses the message: it does not have the form that it takes.',
  invalid_token: 'Slack refuses: the address is not valid any more.',
  no_active_hooks: 'Slack refuses: the incoming webhook was switched off.',
  no_service: 'Slack refuses: the incoming webhook was removed or switched off.',
  no_service_id: 'Slack refuses: the address is not whole.',
  no_team: 'Slack refuses: the workspace of this address does not exist.',
  no_text: 'Slack refuses the message: it has no text.',
  posting_to_general_channel_denied: 'Slack refuses: only administrators may post to the general channel.',
  rollup_error: 'Slack could not post the message.',
  team_disabled: 'Slack refuses: the workspace is switched off.',
  too_many_attachments: 'Slack refuses the message: it has too many attachments.',
  user_not_found: 'Slack refuses: the user that is written to does not exist any more.',
};

/** The notifier that posts to an incoming webhook of Slack. */
export class SlackNotifier implements Notifier<ChatConfig> {
  readonly #poster: Poster;

  constructor(poster: Poster) {
    this.#poster = poster;
  }

  show(_message: OutgoingMessage, view: MessageView): ShownMessage {
    return { title: view.title, text: plainMessage(view), html: null, body: slackBody(view) };
  }

  async send(
    { url }: ChatConfig,
    { key, mayWrite }: OutgoingMessage,
    view: MessageView,
    signal: AbortSignal,
  ): Promise<SendResult> {
    const body = JSON.stringify(slackBody(view));
    const result = await this.#poster.post(
      { url, body, key, mayWrite, wordsFor: (_, text) => wordsOf(text) },
      signal,
    );
    return result.ok ? { ok: true, detail: 'Slack accepted it.' } : result;
  }
}

function wordsOf(text: string): string | undefined {
  return Object.hasOwn(WORDS, text) ? WORDS[text] : undefined;
}
