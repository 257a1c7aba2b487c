import { classifyDeviceSchema, deviceIdentitySchema, MAX_WALK_CHARACTERS } from '@stratora/contract';
import { type Routes, userAccess } from '../../platform/http/index.ts';
import type { IdentificationService } from './identification-service.ts';

/** A walk in JSON: a quotation mark or a line end takes two octets. */
const BODY_LIMIT_BYTES = MAX_WALK_CHARACTERS + 1024 * 1024;

/** Adds the route that classifies. It reads and writes nothing, so who may look at the plant may ask. */
export function identificationRoutes(service: IdentificationService): (routes: Routes) => void {
  return (routes) => {
    routes.post(
      '/api/v1/discovery/classify',
      {
        ...userAccess('monitoring:read'),
        bodyLimit: BODY_LIMIT_BYTES,
        schema: {
          operationId: 'classifyDevice',
          summary: 'What a device is, by what it says of itself, without touching one',
          tags: ['discovery'],
          body: classifyDeviceSchema,
          response: { 200: deviceIdentitySchema },
        },
      },
      (request) => service.classify(request.body),
    );
  };
}
