import type { ServerModule } from '../../platform/module.ts';
import { teamRoutes } from './team-routes.ts';
import { TeamService, type TeamServiceOptions } from './team-service.ts';

export type TeamsOptions = TeamServiceOptions;

/** Builds the module of escalation teams: who hears of which alerts, when, and who is on call. */
export function createTeams({ db, clock, hasMailServer, observe }: TeamsOptions): ServerModule {
  const service = new TeamService({ db, clock, hasMailServer, observe });
  return { name: 'escalation teams', routes: { user: [teamRoutes(service)] } };
}
