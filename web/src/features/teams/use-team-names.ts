import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { definitionsQuery } from '../../api/alert-definitions.ts';
import { channelsQuery } from '../../api/notification-channels.ts';
import { groupsQuery, sitesQuery } from '../../api/resources.ts';
import type { TeamNames } from './team-words.ts';

const GONE = 'one that is gone';

function nameIn(items: readonly { readonly id: string; readonly name: string }[] | undefined) {
  // While the list is not there yet nothing is said to be gone.
  return (id: string) => items?.find((item) => item.id === id)?.name ?? (items === undefined ? '…' : GONE);
}

/** The names of what teams refer to. */
export function useTeamNames(): TeamNames {
  const sites = useQuery(sitesQuery).data;
  const groups = useQuery(groupsQuery).data;
  const definitions = useQuery(definitionsQuery).data;
  const channels = useQuery(channelsQuery).data;
  return useMemo(
    () => ({
      site: nameIn(sites),
      group: nameIn(groups),
      definition: nameIn(definitions),
      channel: nameIn(channels),
    }),
    [sites, groups, definitions, channels],
  );
}
