import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { newestAlertsQuery } from '../api/alerts.ts';
import { useListInterval } from '../api/live-context.ts';
import { playAlertSound, useAlertSound } from '../domain/alert-sound.ts';
import { type AlertMemory, lookAtAlerts, newAlertsWords } from '../domain/new-alerts.ts';

/** Tells of alerts that begin while the page is open: to screen readers always, by a sound where that is wanted. */
export function AlertAnnouncer() {
  const alerts = useQuery({ ...newestAlertsQuery, refetchInterval: useListInterval() }).data?.items;
  const [sounds] = useAlertSound();
  const memory = useRef<AlertMemory | undefined>(undefined);
  const [words, setWords] = useState('');
  useEffect(() => {
    if (alerts === undefined) return;
    const look = lookAtAlerts(alerts, memory.current);
    memory.current = look.memory;
    const { fresh } = look;
    if (fresh.length === 0) return;
    setWords(newAlertsWords(fresh));
    if (sounds && fresh.some(({ severity }) => severity === 'critical')) playAlertSound();
  }, [alerts, sounds]);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {words}
    </div>
  );
}
