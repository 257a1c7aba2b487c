export {
  deleteEndedSessions,
  deleteSession,
  endBearer,
  endSessions,
  findBearer,
  findSession,
  insertSession,
  SESSION_ABSOLUTE_HOURS,
  touchSession,
} from './session-queries.ts';
