import type { Delivery, NotificationChannel } from '@stratora/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { isTestOver, testDeliveriesQuery } from '../../api/deliveries.ts';
import { useTestChannel } from '../../api/notification-channels.ts';
import { deliveryWords } from '../../domain/delivery-words.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { useNow } from '../../ui/state/clock.ts';
import { Moment } from '../../ui/time-text.tsx';
import { tellFailure } from '../../ui/toast.tsx';
import { TONE_LOOKS } from '../../ui/tone.tsx';

interface RunningTest {
  readonly channel: NotificationChannel;
  readonly deliveryId: string;
}

/** Sends a test of a channel through the real path, and follows it until it was accepted or has failed. */
export function useChannelTest() {
  const send = useTestChannel();
  const [test, setTest] = useState<RunningTest>();
  const run = (channel: NotificationChannel) => {
    send
      .mutateAsync(channel.id)
      .then(({ delivery_id: deliveryId }) => setTest({ channel, deliveryId }))
      .catch((error: unknown) => tellFailure(`${channel.name} was not tested`, error));
  };
  return {
    run,
    isSending: send.isPending,
    dialog: (
      <Dialog
        open={test !== undefined}
        onClose={() => setTest(undefined)}
        title={`Test of ${test?.channel.name ?? ''}`}
      >
        {test !== undefined && (
          <TestProgress
            key={test.deliveryId}
            test={test}
            isSending={send.isPending}
            onAgain={() => run(test.channel)}
            onClose={() => setTest(undefined)}
          />
        )}
      </Dialog>
    ),
  };
}

interface TestProgressProps {
  readonly test: RunningTest;
  readonly isSending: boolean;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

function TestProgress({ test, isSending, onAgain, onClose }: TestProgressProps) {
  const client = useQueryClient();
  const deliveries = useQuery(testDeliveriesQuery(test.channel.id, test.deliveryId)).data;
  const isOver = isTestOver(deliveries);
  useEffect(() => {
    // What the channel's page says of it is new now.
    if (!isOver) return;
    void client.invalidateQueries({ queryKey: ['notification-channels'] });
    void client.invalidateQueries({ queryKey: ['deliveries', 'pages'] });
  }, [client, isOver]);
  const isAccepted = isOver && deliveries?.every(({ state }) => state === 'sent') === true;
  return (
    <>
      <DialogBody className="flex flex-col gap-3">
        <ul aria-label="Deliveries of the test" aria-live="polite" className="flex flex-col gap-2">
          {deliveries === undefined || deliveries.length === 0 ? (
            <li className="flex items-center gap-2 text-soft">
              <LoaderCircle size={16} aria-hidden className="animate-spin" /> On its way…
            </li>
          ) : (
            deliveries.map((delivery) => <TestLine key={delivery.id} delivery={delivery} />)
          )}
        </ul>
        {isAccepted && (
          <p className="text-13 text-soft">
            The other end took it. Whether anybody saw it only they can tell: look there once.
          </p>
        )}
        {isOver && !isAccepted && (
          <p className="text-13 text-soft">
            It went the way that alerts go. Mend what it says, and test again.
          </p>
        )}
      </DialogBody>
      <DialogFooter>
        {isOver && (
          <Button onClick={onAgain} disabled={isSending}>
            Test again
          </Button>
        )}
        <Button look={isOver ? 'primary' : 'secondary'} onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </>
  );
}

function TestLine({ delivery }: { readonly delivery: Delivery }) {
  const { tone, text, why } = deliveryWords(delivery, useNow());
  const { icon, text: color } = TONE_LOOKS[tone];
  const isWaiting = delivery.state === 'queued';
  const Icon = isWaiting ? LoaderCircle : icon;
  return (
    <li className="flex gap-2">
      <Icon
        size={16}
        strokeWidth={2.25}
        aria-hidden
        className={classNames('mt-0.5 shrink-0', color, isWaiting && 'animate-spin')}
      />
      <div className="min-w-0">
        <p className="font-medium break-words">
          {text}
          {delivery.sent_at !== null && (
            <span className="font-normal text-soft">
              {' '}
              at <Moment time={delivery.sent_at} />
            </span>
          )}
        </p>
        <p className="text-13 break-words text-soft">
          {delivery.recipient}
          {why !== undefined && `: ${why}`}
        </p>
      </div>
    </li>
  );
}
