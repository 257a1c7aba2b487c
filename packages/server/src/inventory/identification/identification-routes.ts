import {
  classifyDeviceSchema,
  deviceIdentitySchema,
  MAX_WALK_CHARACTERS,
  proposeTemplateSchema,
  templateProposalSchema,
} from '@stratora/contract';
import { type Routes, userAccess } from '../../platform/http/index.ts';
import type { IdentificationService } from './identification-service.ts';

/** A walk in JSON: a quotation mark or a line end takes two octets. */
const BODY_LIMIT_BYTES = MAX_WALK_CHARACTERS + 1024 * 1024;

/** Adds the routes that judge what is sent to them. They touch no device and write nothing. */
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
    routes.post(
      '/api/v1/device-templates/propose',
      {
        ...userAccess('inventory:write'),
        bodyLimit: BODY_LIMIT_BYTES,
        schema: {
          operationId: 'proposeDeviceTemplate',
          summary: 'A template for a recorded device, and what it was made of, without touching one',
          tags: ['device templates'],
          body: proposeTemplateSchema,
          response: { 200: templateProposalSchema },
        },
      },
      (request) => service.propose(request.body),
    );
  };
}
