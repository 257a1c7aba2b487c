export { type FieldFault, fieldFaults, plainWords } from '@stratora/contract';
export { addApiDocumentRoutes, installApiDocument } from './api-document.ts';
export { CallerPlaces } from './caller-places.ts';
export { changedFields, isEmpty } from './changed-fields.ts';
export { clientAddress } from './client-address.ts';
export {
  type EntityKind,
  entityKind,
  ifMatch,
  namesTag,
  type Precondition,
} from './entity-tag.ts';
export { appError, fieldError, notFound } from './error-catalogue.ts';
export { goneSignal } from './gone-signal.ts';
export { createHttpMetrics, type HttpMetrics } from './http-metrics.ts';
export { createHttpServer, LISTEN_BACKLOG } from './http-server.ts';
export type { ComponentIdentity, UserIdentity } from './identity.ts';
export type { KeyedCall } from './keyed-call.ts';
export { installNotFound } from './not-found.ts';
export { addMetricsRoute, createMetricsRegistry } from './own-metrics.ts';
export { unpackBody } from './packed-body.ts';
export { type Permission, roleMay } from './permissions.ts';
export { handleError } from './problem-handler.ts';
export { type FastPath, installFastPaths } from './request-front.ts';
export { newRequestId, REQUEST_ID_HEADER } from './request-log.ts';
export {
  componentAccess,
  openAccess,
  publicAccess,
  type RouteEntry,
  requireRouteAccess,
  userAccess,
} from './route-access.ts';
export type { RouteDocument } from './route-document.ts';
export {
  componentOf,
  type NoteComponentCall,
  type Routes,
  registerScopes,
  requireComponentId,
  type ScopeRoutes,
  userOf,
} from './scopes.ts';
export { COMPONENT_HEADERS } from './security-headers.ts';
export { createTlsListener, type TlsListener } from './tls-listener.ts';
export { installWebFiles } from './web-files.ts';
