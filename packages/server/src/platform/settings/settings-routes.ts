import { actorOf } from '../audit/index.ts';
import { entityKind, ifMatch, type Routes, userAccess } from '../http/index.ts';
import {
  replaceSettingsSchema,
  type Settings,
  type SettingsStore,
  settingsChangeSchema,
  settingsSchema,
} from './settings-store.ts';

const tags = ['settings'];
const entity = entityKind<Settings>(
  'node_unreachable_seconds',
  'node_settle_seconds',
  'component_key_max_age_days',
  'rollout_soak_seconds',
  'alert_keep_days',
  'neighbour_interval_seconds',
  'smtp',
  'public_origin',
  'heartbeat',
  'outage_notice',
);

export function settingsRoutes(settings: SettingsStore): (routes: Routes) => void {
  return (routes) => {
    const access = userAccess('settings:manage', { entity });
    routes.get(
      '/api/v1/settings',
      { ...access, schema: { summary: 'Settings in force', tags, response: { 200: settingsSchema } } },
      async () => settings.current,
    );
    const answer = { tags, response: { 200: settingsSchema } };
    routes.patch(
      '/api/v1/settings',
      {
        ...access,
        schema: { summary: 'Change settings; what is absent stays', body: settingsChangeSchema, ...answer },
      },
      (request) => settings.update(actorOf(request), request.body, ifMatch(request, entity)),
    );
    routes.put(
      '/api/v1/settings',
      {
        ...access,
        schema: {
          summary: 'Replace the settings; what is absent gets its default',
          body: replaceSettingsSchema,
          ...answer,
        },
      },
      (request) => settings.update(actorOf(request), request.body, ifMatch(request, entity)),
    );
  };
}
