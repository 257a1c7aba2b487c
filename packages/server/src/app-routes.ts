import type { FastifyRequest } from 'fastify';
import type { Modules } from './app-modules.ts';
import { auditRoutes } from './audit/index.ts';
import { ownAuthRoutes, publicAuthRoutes } from './auth/index.ts';
import { configHistoryRoutes, configRoutes, type OnPull } from './config-delivery/index.ts';
import { credentialRoutes } from './credentials/index.ts';
import { enrollmentTokenRoutes, registrationRoutes } from './enrollment/index.ts';
import { eventRoutes } from './events/index.ts';
import { componentRoutes, keyRoutes, reportRoutes } from './fleet/index.ts';
import { healthRoutes } from './health/index.ts';
import { roleMay, type ScopeRoutes } from './http/index.ts';
import { deploymentRoutes, publicInstallRoutes } from './install/index.ts';
import { nodeGroupRoutes } from './node-groups/index.ts';
import { nodeRoutes } from './nodes/index.ts';
import { rolloutRoutes } from './rollouts/index.ts';
import type { ServerConfig } from './server-config.ts';
import { settingsRoutes } from './settings/index.ts';
import { siteRoutes } from './sites/index.ts';
import { summaryRoutes } from './summary/index.ts';
import { templateRoutes } from './templates/index.ts';
import { userRoutes } from './users/index.ts';

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
