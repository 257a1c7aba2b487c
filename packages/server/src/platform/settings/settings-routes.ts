import { actorOf } from '../audit/index.ts';
import { type Routes, userAccess } from '../http/index.ts';
import { type SettingsStore, settingsChangeSchema, settingsSchema } from './settings-store.ts';

const tags = ['settings'];

export function settingsRoutes(settings: SettingsStore): (routes: Routes) => void {
  return (routes) => {
    const access = userAccess('settings:manage');
    routes.get(
      '/api/v1/settings',
      { ...access, schema: { summary: 'Settings in force', tags, response: { 200: settingsSchema } } },
      async () => settings.current,
    );
    routes.route({
      method: ['PATCH', 'PUT'],
      url: '/api/v1/settings',
      ...access,
      schema: {
        summary: 'Change settings; what is absent stays',
        tags,
        body: settingsChangeSchema,
        response: { 200: settingsSchema },
      },
      handler: (request) => settings.update(actorOf(request), request.body),
    });
  };
}
