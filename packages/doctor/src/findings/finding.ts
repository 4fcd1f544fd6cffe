export {
  compareFindings,
  type Finding,
  findingSchema,
  type Report,
  reportSchema,
  type Severity,
} from '@slipstream/shared';
