import type { HeartbeatSetting, MailServer, OutageNoticeSetting } from '@stratora/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';

export const SETTINGS_PATH = '/settings';
const KEY = 'settings';

/** The settings that the pages show; there are others. */
export interface Settings {
  /** The password comes back as a mark where one is set. */
  readonly smtp: MailServer | null;
  /** Origin by which people reach the web UI, for links in messages; null: the address of the server itself. */
  readonly public_origin: string | null;
  /** Where a sign of life goes while all is well; null: nowhere. */
  readonly heartbeat: HeartbeatSetting | null;
  /** What collectors tell by themselves while they cannot reach the server; null: nothing. */
  readonly outage_notice: OutageNoticeSetting | null;
}

/** The settings in force; administrators alone may read them. */
export const settingsQuery = queryOptions({
  queryKey: [KEY],
  queryFn: ({ signal }) => request<Settings>(SETTINGS_PATH, { signal }),
});

export function useUpdateSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, ifMatch }: { body: Partial<Settings>; ifMatch: string | undefined }) =>
      request<Settings>(SETTINGS_PATH, { method: 'PATCH', body, ifMatch }),
    onSuccess: (saved) => client.setQueryData([KEY], saved),
  });
}
