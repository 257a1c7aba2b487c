import type { ChatConfig } from '@stratora/contract';
import type { Poster, SendResult } from '@stratora/notifier';
import type { OutgoingMessage } from '../notice.ts';
import type { Notifier, ShownMessage } from '../notifier.ts';
import type { MessageView } from '../wording/message-view.ts';
import { plainMessage } from '../wording/plain-message.ts';
import { teamsBody } from './teams-card.ts';

/** What the codes of a Workflow that refuses mean. */
const WORDS: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/WorkflowTriggerIsNotEnabled/, 'Teams refuses: the workflow is switched off.'],
  [/WorkflowNotFound|TriggerNotFound/, 'Teams refuses: the workflow does not exist any more.'],
  [
    /DirectApiAuthorizationRequired|AuthorizationFailed|SignatureInvalid|InvalidSignature/i,
    'Teams refuses: the address is not whole, or its signature is not valid any more.',
  ],
];

/** The notifier that posts cards to a Workflow of Teams. */
export class TeamsNotifier implements Notifier<ChatConfig> {
  readonly #poster: Poster;

  constructor(poster: Poster) {
    this.#poster = poster;
  }

  show(_message: OutgoingMessage, view: MessageView): ShownMessage {
    return { title: view.title, text: plainMessage(view), html: null, body: teamsBody(view) };
  }

  async send(
    { url }: ChatConfig,
    { key, mayWrite }: OutgoingMessage,
    view: MessageView,
    signal: AbortSignal,
  ): Promise<SendResult> {
    const body = JSON.stringify(teamsBody(view));
    const result = await this.#poster.post(
      { url, body, key, mayWrite, wordsFor: (_, text) => wordsOf(text) },
      signal,
    );
    return result.ok ? (hiddenFailure(result.answer.text()) ?? { ok: true, detail: ACCEPTED }) : result;
  }
}

/** A workflow runs after its answer: nobody learns from it whether the card was posted. */
const ACCEPTED = 'The workflow accepted it.';

/** Finds the failure in an answer of connectors, which say 200 to everything. */
function hiddenFailure(text: string): SendResult | undefined {
  if (!/message delivery failed/i.test(text)) return undefined;
  const isBusy = /\b429\b|too many/i.test(text);
  return {
    ok: false,
    reason: isBusy ? 'rate_limited' : 'server_busy',
    message: isBusy
      ? 'Teams accepts no more messages for the moment.'
      : 'Teams answered that the message could not be delivered.',
    isFinal: false,
  };
}

function wordsOf(text: string): string | undefined {
  return WORDS.find(([pattern]) => pattern.test(text))?.[1];
}
