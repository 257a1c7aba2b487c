export { nextActiveAt } from './active-hours.ts';
export { type PlannedNotice, planEscalation } from './escalation-plan.ts';
export { type StepChannel, type StepRecipient, stepRecipients } from './step-recipients.ts';
export type { Persons, Rotation, Team, TeamObserver } from './team.ts';
export { findPersons, findStepChannels } from './team-fact-queries.ts';
export { type AlertMark, matchTakes, teamsToBegin } from './team-match.ts';
export { listTeams } from './team-queries.ts';
export { createTeams, type TeamsOptions } from './teams-module.ts';
