import { SnsTopic } from '@cdktn/provider-aws/lib/sns-topic/index.js';
import { SnsTopicPolicy } from '@cdktn/provider-aws/lib/sns-topic-policy/index.js';
import { SnsTopicSubscription } from '@cdktn/provider-aws/lib/sns-topic-subscription/index.js';
import { Construct } from 'constructs';
import type { Place } from '../terraform/place.ts';
import { policyDocument, type Statement } from '../terraform/policy-document.ts';

/** Where alarms go: encrypted, TLS only, written by CloudWatch and Budgets of this account. */
export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, place: Place, keyArn: string, email: string | null) {
    super(scope, id);
    const topic = new SnsTopic(this, 'topic', { name: `${place.name}-alarms`, kmsMasterKeyId: keyArn });
    const from = (sid: string, service: string): Statement => ({
      Sid: sid,
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sns:Publish',
      Resource: topic.arn,
      Condition: { StringEquals: { 'aws:SourceAccount': place.accountId } },
    });
    new SnsTopicPolicy(this, 'policy', {
      arn: topic.arn,
      policy: policyDocument([
        from('CloudWatchPublishes', 'cloudwatch.amazonaws.com'),
        from('BudgetsPublish', 'budgets.amazonaws.com'),
        {
          Sid: 'TlsOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: 'sns:Publish',
          Resource: topic.arn,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ]),
    });
    if (email !== null)
      new SnsTopicSubscription(this, 'email', { topicArn: topic.arn, protocol: 'email', endpoint: email });
    this.arn = topic.arn;
  }
}
