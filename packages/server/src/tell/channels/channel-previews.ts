import type { ChannelPreview, ChannelType } from '@stratora/contract';
import { requireText } from './channel-service.ts';
import type { OutgoingMessage } from './notice.ts';
import type { ShownMessage } from './notifier.ts';
import { type MessageView, viewOf } from './wording/message-view.ts';
import { readNoticeText } from './wording/notice-text.ts';
import { sampleMessages } from './wording/sample-notices.ts';

/** What shows a message as a channel of a type would send it. */
export type Shows = Readonly<
  Record<ChannelType, { show(message: OutgoingMessage, view: MessageView): ShownMessage }>
>;

/** The previews of channels: what messages about a sample alert would look like. */
export class ChannelPreviews {
  readonly #shows: Shows;
  readonly #now: () => Date;
  readonly #publicOrigin: () => string;

  constructor(options: { shows: Shows; now: () => Date; publicOrigin: () => string }) {
    this.#shows = options.shows;
    this.#now = options.now;
    this.#publicOrigin = options.publicOrigin;
  }

  /** @throws AppError validation_failed where the text cannot be read */
  of({ type, text }: { type: ChannelType; text: string | null }): ChannelPreview {
    requireText(text);
    const read = text === null ? undefined : readNoticeText(text);
    const template = read?.ok === true ? read.template : null;
    const items = sampleMessages(this.#now(), this.#publicOrigin()).map((message) => {
      const view = viewOf(message, template);
      const event = message.notices[0]?.event ?? 'test';
      return { event, ...this.#shows[type].show(message, view), failure: view.failure };
    });
    return { items };
  }
}
