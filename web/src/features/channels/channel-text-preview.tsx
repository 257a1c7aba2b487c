import type { ChannelPreview, ChannelType, DeliveryEvent } from '@stratora/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { channelPreviewQuery } from '../../api/notification-channels.ts';
import { DELIVERY_EVENT_OPTIONS } from '../../domain/delivery-words.ts';
import { classNames } from '../../ui/class-names.ts';
import { describeError, fieldFaults } from '../../ui/error-text.ts';
import { useDebounced } from '../../ui/state/debounced.ts';
import { Skeleton } from '../../ui/view-state.tsx';
import { toChannelText } from './channel-form-values.ts';

type Item = ChannelPreview['items'][number];

interface ChannelTextPreviewProps {
  readonly type: ChannelType;
  /** As it stands in the field; empty: the built-in text. */
  readonly text: string;
}

const nameOf = (event: string) =>
  DELIVERY_EVENT_OPTIONS.find(({ value }) => value === (event as DeliveryEvent))?.label ?? event;

/** What is wrong with the text, in the server's words. */
function faultWords(error: unknown): string {
  const faults = fieldFaults(error).map(({ message }) => message);
  return faults.length > 0 ? faults.join('; ') : describeError(error);
}

/** What sample notices would look like at the other end, as the server renders them. */
export function ChannelTextPreview({ type, text }: ChannelTextPreviewProps) {
  const late = useDebounced(toChannelText(text));
  const preview = useQuery({ ...channelPreviewQuery(type, late), placeholderData: keepPreviousData });
  const [wanted, setWanted] = useState('triggered');
  const items = preview.data?.items ?? [];
  const shown = items.find(({ event }) => event === wanted) ?? items[0];
  return (
    <section aria-label="Preview" className="rounded-md border border-line">
      <div className="flex flex-wrap items-center gap-1 border-b border-line px-3 py-2">
        <h3 className="mr-2 text-13 font-medium">Preview</h3>
        {items.map(({ event }) => (
          <button
            key={event}
            type="button"
            aria-pressed={event === shown?.event}
            onClick={() => setWanted(event)}
            className={classNames(
              'h-7 rounded-md px-2 text-12 font-medium max-md:h-9',
              event === shown?.event ? 'bg-active text-text' : 'text-soft hover:bg-hover',
            )}
          >
            {nameOf(event)}
          </button>
        ))}
      </div>
      <div className="p-3" aria-busy={preview.isPlaceholderData}>
        {preview.isError ? (
          <p role="status" className="text-13 text-critical">
            {faultWords(preview.error)}
          </p>
        ) : shown === undefined ? (
          <Skeleton className="h-32" />
        ) : (
          <PreviewItem item={shown} />
        )}
      </div>
    </section>
  );
}

function PreviewItem({ item }: { readonly item: Item }) {
  return (
    <div className="flex min-w-0 flex-col gap-3 text-13">
      {item.failure !== null && (
        <p className="flex gap-2 rounded-md border border-warning bg-warning-soft px-3 py-2">
          <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-warning" />
          <span className="min-w-0 break-words">
            Your text cannot be filled, and the built-in one would go out: {item.failure}
          </span>
        </p>
      )}
      {item.title !== null && (
        <div>
          <p className="text-12 text-faint">{item.html === null ? 'Title' : 'Subject'}</p>
          <p className="font-medium break-words">{item.title}</p>
        </div>
      )}
      {item.html === null ? (
        <p className="break-words whitespace-pre-wrap">{item.text}</p>
      ) : (
        <MailFrame html={item.html} />
      )}
      {item.html !== null && (
        <details>
          <summary className="text-12 text-soft">As plain text</summary>
          <p className="mt-2 font-mono text-12 break-words whitespace-pre-wrap">{item.text}</p>
        </details>
      )}
      {item.body !== null && (
        <details>
          <summary className="text-12 text-soft">Body that is posted</summary>
          {/* The body scrolls sideways, so that the keyboard must reach it. */}
          <pre
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            aria-label="Body that is posted"
            className="mt-2 max-h-80 overflow-auto rounded-md border border-line bg-canvas p-2 font-mono text-12"
          >
            {JSON.stringify(item.body, null, 2)}
          </pre>
        </details>
      )}
    </div>
  );
}

/** A mail as its reader sees it: no script runs in it, and nothing of this page is within its reach. */
function MailFrame({ html }: { readonly html: string }) {
  return (
    <iframe
      title="The mail as it would look"
      sandbox=""
      srcDoc={html}
      className="h-96 w-full rounded-md border border-line bg-white"
    />
  );
}
