/** Types that keep what cannot be made again, and what that is. */
const KEEPS: Readonly<Record<string, string>> = {
  aws_s3_bucket: 'objects, all versions',
  aws_dynamodb_table: 'records; restorable for 35 days only while the table exists',
  aws_efs_file_system: 'the merchant index on EFS (can be rebuilt)',
  aws_secretsmanager_secret: "a secret's value",
  aws_sqs_queue: 'messages and dead letters',
  aws_kms_key: 'the key to all of it: gone for good after 30 days',
  aws_cognito_user_pool: 'the people who may sign in',
};

/** Of Terraform's list of addresses, those that keep data: address → what is lost. */
export function dataKept(addresses: readonly string[]): Map<string, string> {
  return new Map(
    addresses.flatMap((address): [string, string][] => {
      const type = address.split('.')[0] ?? '';
      const what = KEEPS[type];
      return what === undefined ? [] : [[address, what]];
    }),
  );
}
