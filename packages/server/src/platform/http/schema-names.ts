import {
  auditEntrySchema,
  componentGapSchema,
  componentReportSchema,
  componentSchema,
  configDiffSchema,
  configGenerationSchema,
  configTextSchema,
  createdEnrollmentTokenSchema,
  credentialSchema,
  deploymentSchema,
  deviceTemplateSchema,
  enrollmentTokenSchema,
  healthSchema,
  nodeDetailSchema,
  nodeGroupSchema,
  nodeSchema,
  problemSchema,
  registerResponseSchema,
  rolloutDetailSchema,
  rolloutSchema,
  rotatedKeySchema,
  siteSchema,
  summarySchema,
  tokenAnswerSchema,
  userSchema,
} from '@stratora/contract';
import { z } from 'zod';

/** Names of what is answered, by which the document refers to it and generated clients call its type. */
const SCHEMA_NAMES: Readonly<Record<string, z.ZodType>> = {
  AuditEntry: auditEntrySchema,
  BearerToken: tokenAnswerSchema,
  Component: componentSchema,
  ComponentGap: componentGapSchema,
  ComponentKey: rotatedKeySchema,
  ComponentReport: componentReportSchema,
  ConfigDiff: configDiffSchema,
  ConfigGeneration: configGenerationSchema,
  ConfigText: configTextSchema,
  CreatedEnrollmentToken: createdEnrollmentTokenSchema,
  Credential: credentialSchema,
  Deployment: deploymentSchema,
  DeviceTemplate: deviceTemplateSchema,
  EnrollmentToken: enrollmentTokenSchema,
  Health: healthSchema,
  Node: nodeSchema,
  NodeDetail: nodeDetailSchema,
  NodeGroup: nodeGroupSchema,
  Problem: problemSchema,
  Registration: registerResponseSchema,
  Rollout: rolloutSchema,
  RolloutDetail: rolloutDetailSchema,
  Site: siteSchema,
  Summary: summarySchema,
  User: userSchema,
};

/** Gives the schemas their names, which zod keeps for the whole process. */
export function nameSchemas(): void {
  for (const [id, schema] of Object.entries(SCHEMA_NAMES)) z.globalRegistry.add(schema, { id });
}
