import type { Place } from '../terraform/place.ts';
import { policyDocument, type Statement } from '../terraform/policy-document.ts';

const USE = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey*',
  'kms:DescribeKey',
  'kms:CreateGrant',
];

/**
 * Who may use the key: the account's principals through the services that keep our data, and the services that act by
 * themselves. Nobody decrypts with it directly. Administration is the account's, else the key could be lost.
 */
export function keyPolicy(place: Place, options: { readonly consoleHosting: boolean }): string {
  const ours = { 'aws:SourceAccount': place.accountId };
  const account = `arn:aws:iam::${place.accountId}:root`;
  const byService = (sid: string, service: string, actions: readonly string[]): Statement => ({
    Sid: sid,
    Effect: 'Allow',
    Principal: { Service: service },
    Action: actions,
    Resource: '*',
    Condition: { StringEquals: ours },
  });
  const send = ['kms:GenerateDataKey*', 'kms:Decrypt'];
  return policyDocument([
    {
      Sid: 'AccountAdministersTheKey',
      Effect: 'Allow',
      Principal: { AWS: account },
      Action: [
        'kms:Create*',
        'kms:Describe*',
        'kms:Enable*',
        'kms:List*',
        'kms:Put*',
        'kms:Update*',
        'kms:Revoke*',
        'kms:Disable*',
        'kms:Get*',
        'kms:Delete*',
        'kms:TagResource',
        'kms:UntagResource',
        'kms:ScheduleKeyDeletion',
        'kms:CancelKeyDeletion',
      ],
      Resource: '*',
    },
    {
      Sid: 'AccountUsesItThroughTheseServices',
      Effect: 'Allow',
      Principal: { AWS: account },
      Action: USE,
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:CallerAccount': place.accountId,
          'kms:ViaService': ['s3', 'sqs', 'dynamodb', 'secretsmanager', 'elasticfilesystem', 'sns'].map(
            (service) => `${service}.${place.region}.amazonaws.com`,
          ),
        },
      },
    },
    byService('S3SendsUploadEvents', 's3.amazonaws.com', send),
    byService('CloudWatchSendsAlarms', 'cloudwatch.amazonaws.com', send),
    byService('BudgetsSendCostAlarms', 'budgets.amazonaws.com', send),
    {
      Sid: 'LogsOfThisAccount',
      Effect: 'Allow',
      Principal: { Service: `logs.${place.region}.amazonaws.com` },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      Resource: '*',
      // CloudWatch Logs sends the log group's ARN, account included, instead of a source account.
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${place.region}:${place.accountId}:log-group:*`,
        },
      },
    },
    ...(options.consoleHosting
      ? [byService('CloudFrontReadsTheConsole', 'cloudfront.amazonaws.com', ['kms:Decrypt'])]
      : []),
  ]);
}
