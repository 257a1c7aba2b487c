export {
  deleteEndedSessions,
  deleteSession,
  endSessions,
  findSession,
  insertSession,
  SESSION_ABSOLUTE_HOURS,
  touchSession,
} from './session-queries.ts';
