import { AcmCertificate } from '@cdktn/provider-aws/lib/acm-certificate/index.js';
import { AcmCertificateValidation } from '@cdktn/provider-aws/lib/acm-certificate-validation/index.js';
import { Apigatewayv2ApiMapping } from '@cdktn/provider-aws/lib/apigatewayv2-api-mapping/index.js';
import { Apigatewayv2DomainName } from '@cdktn/provider-aws/lib/apigatewayv2-domain-name/index.js';
import { CloudwatchMetricAlarm } from '@cdktn/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { Route53HealthCheck } from '@cdktn/provider-aws/lib/route53-health-check/index.js';
import { Route53Record } from '@cdktn/provider-aws/lib/route53-record/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment.ts';
import type { Place } from '../terraform/place.ts';

type Domain = NonNullable<Environment['api']['domain']>;

/** The API under a name of our own: regional, TLS 1.2 or later, its certificate proved in our zone. */
export class ApiDomain extends Construct {
  constructor(scope: Construct, id: string, place: Place, domain: Domain, apiId: string, stageId: string) {
    super(scope, id);
    const certificate = new AcmCertificate(this, 'certificate', {
      domainName: domain.name,
      validationMethod: 'DNS',
      lifecycle: { createBeforeDestroy: true },
    });
    const proof = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, 'certificate-record', {
      zoneId: domain.zone_id,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      // Another region's certificate of the same name asks for the same record.
      allowOverwrite: true,
    });
    const validated = new AcmCertificateValidation(this, 'certificate-validated', {
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    });
    const name = new Apigatewayv2DomainName(this, 'name', {
      domainName: domain.name,
      domainNameConfiguration: {
        certificateArn: validated.certificateArn,
        endpointType: 'REGIONAL',
        securityPolicy: 'TLS_1_2',
      },
    });
    new Apigatewayv2ApiMapping(this, 'mapping', { apiId, domainName: name.domainName, stage: stageId });
    new Route53Record(this, 'record', {
      zoneId: domain.zone_id,
      name: domain.name,
      type: 'A',
      alias: {
        name: name.domainNameConfiguration.targetDomainName,
        zoneId: name.domainNameConfiguration.hostedZoneId,
        evaluateTargetHealth: true,
      },
      ...(domain.weighted ? this.#share(place, domain.weighted, apiId) : {}),
    });
  }

  /** Several regions behind one name: each takes its share, and none while its API answers with errors. */
  #share(place: Place, weighted: NonNullable<Domain['weighted']>, apiId: string) {
    const failing = new CloudwatchMetricAlarm(this, 'answers-with-errors', {
      alarmName: `${place.name}-api-unhealthy`,
      alarmDescription: 'Takes this region off the weighted record. RUNBOOK.md: "API errors".',
      namespace: 'AWS/ApiGateway',
      metricName: '5xx',
      dimensions: { ApiId: apiId },
      statistic: 'Average',
      period: 60,
      evaluationPeriods: 3,
      threshold: 0.5,
      comparisonOperator: 'GreaterThanThreshold',
      treatMissingData: 'notBreaching',
    });
    const health = new Route53HealthCheck(this, 'health', {
      type: 'CLOUDWATCH_METRIC',
      cloudwatchAlarmName: failing.alarmName,
      cloudwatchAlarmRegion: place.region,
      // An API that nobody calls is healthy.
      insufficientDataHealthStatus: 'Healthy',
      tags: { Name: `${place.name}-api` },
    });
    return {
      setIdentifier: weighted.set_identifier,
      weightedRoutingPolicy: { weight: weighted.weight },
      healthCheckId: health.id,
    };
  }
}
