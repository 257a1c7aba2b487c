import type { FastifyRequest } from 'fastify';
import { ownAuthRoutes, publicAuthRoutes } from './access/auth/index.ts';
import { userRoutes } from './access/users/index.ts';
import type { Modules } from './app-modules.ts';
import { keyRoutes } from './components/component-keys/index.ts';
import { reportRoutes } from './components/component-reports/index.ts';
import { componentRoutes } from './components/components/index.ts';
import { configRoutes, type OnPull } from './components/config-delivery/index.ts';
import { configHistoryRoutes } from './components/config-history/index.ts';
import { enrollmentTokenRoutes, registrationRoutes } from './components/enrollment/index.ts';
import { deploymentRoutes, publicInstallRoutes } from './components/install/index.ts';
import { rolloutRoutes } from './components/rollouts/index.ts';
import { summaryRoutes } from './home/summary/index.ts';
import { credentialRoutes } from './inventory/credentials/index.ts';
import { nodeGroupRoutes } from './inventory/node-groups/index.ts';
import { nodeRoutes } from './inventory/nodes/index.ts';
import { siteRoutes } from './inventory/sites/index.ts';
import { templateRoutes } from './inventory/templates/index.ts';
import { auditRoutes } from './platform/audit/index.ts';
import { eventRoutes } from './platform/events/index.ts';
import { healthRoutes } from './platform/health/index.ts';
import { roleMay, type ScopeRoutes } from './platform/http/index.ts';
import { settingsRoutes } from './platform/settings/index.ts';
import type { ServerConfig } from './server-config.ts';

/** Every route of every module, by scope. */
export function appRoutes(config: ServerConfig, modules: Modules): ScopeRoutes {
  const { auth, clock, configs, database, states, reports } = modules;
  const { db } = database;
  return {
    public: [
      healthRoutes(modules.systemHealth),
      publicAuthRoutes(auth),
      registrationRoutes(modules.registrations),
      publicInstallRoutes(modules.install),
    ],
    component: [
      configRoutes({
        service: configs,
        onPull: onConfigPull(modules),
      }),
      reportRoutes({ db, clock, states, reports, configs }),
      keyRoutes(modules.rotation),
      modules.ingest.routes,
    ],
    user: [
      ownAuthRoutes(auth),
      userRoutes(modules.users),
      auditRoutes(db),
      settingsRoutes(modules.settings),
      siteRoutes(modules.sites),
      nodeGroupRoutes(modules.groups),
      nodeRoutes(db, modules.nodes),
      credentialRoutes(db, modules.credentials),
      templateRoutes(modules.templates, modules.templateService),
      enrollmentTokenRoutes(db),
      deploymentRoutes(modules.install),
      componentRoutes(modules.components),
      configHistoryRoutes(modules.configHistory),
      rolloutRoutes(modules.rollouts),
      modules.query.routes,
      summaryRoutes(modules.summary),
      eventRoutes({
        bus: modules.events,
        version: config.version,
        isStillAllowed: (request) => isStillAllowed(modules, request),
      }),
    ],
  };
}

/** Which config it runs is said by its reports: what it asks for may be one that it refused. */
export function onConfigPull({ states }: Pick<Modules, 'states'>): OnPull {
  return (componentId) => states.seen(componentId);
}

/** Whether whoever opened a stream could open it again. */
async function isStillAllowed({ auth }: Modules, request: FastifyRequest): Promise<boolean> {
  try {
    const user = await auth.authenticate(request);
    return !user.mustChangePassword && roleMay(user.role, 'monitoring:read');
  } catch (error) {
    if ((error as { status?: number }).status === 401) return false;
    throw error;
  }
}
