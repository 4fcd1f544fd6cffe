/** A stack of many functions that call what functions call, in one VPC with a NAT, endpoints, queues and a database. */
export function largeStack(functions: number, subnets: number): string {
  const resource: Record<string, Record<string, Record<string, unknown>>> = {
    aws_vpc: { core: { cidr_block: '10.0.0.0/8', enable_dns_hostnames: true } },
    aws_internet_gateway: { edge: { vpc_id: '${aws_vpc.core.id}' } },
    aws_route_table: { out: { vpc_id: '${aws_vpc.core.id}' } },
    aws_route: {
      out: {
        route_table_id: '${aws_route_table.out.id}',
        destination_cidr_block: '0.0.0.0/0',
        gateway_id: '${aws_internet_gateway.edge.id}',
      },
    },
    aws_subnet: {
      dmz: { vpc_id: '${aws_vpc.core.id}', cidr_block: '10.255.0.0/24', availability_zone: 'eu-west-1a' },
    },
    aws_route_table_association: {
      dmz: { subnet_id: '${aws_subnet.dmz.id}', route_table_id: '${aws_route_table.out.id}' },
    },
    aws_eip: { out: { domain: 'vpc' } },
    aws_nat_gateway: { out: { allocation_id: '${aws_eip.out.id}', subnet_id: '${aws_subnet.dmz.id}' } },
    aws_security_group: {
      code: {
        vpc_id: '${aws_vpc.core.id}',
        egress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }],
      },
      sql: {
        vpc_id: '${aws_vpc.core.id}',
        ingress: [
          { protocol: 'tcp', from_port: 5432, to_port: 5432, security_groups: ['${aws_security_group.code.id}'] },
        ],
      },
    },
    aws_iam_role: {},
    aws_iam_role_policy: {},
    aws_iam_role_policy_attachment: {},
    aws_lambda_function: {},
    aws_lambda_event_source_mapping: {},
    aws_sqs_queue: {},
    aws_db_subnet_group: { sql: { name: 'sql', subnet_ids: ['${aws_subnet.work_0.id}', '${aws_subnet.work_1.id}'] } },
    aws_db_instance: {
      sql: {
        engine: 'postgres',
        db_subnet_group_name: '${aws_db_subnet_group.sql.name}',
        vpc_security_group_ids: ['${aws_security_group.sql.id}'],
      },
    },
    aws_s3_bucket: { docs: { bucket: 'acme-docs' } },
  };
  const add = (type: string, name: string, attributes: Record<string, unknown>) => {
    resource[type] = Object.assign(resource[type] ?? {}, { [name]: attributes });
  };
  for (let n = 0; n < subnets; n += 1) {
    add('aws_subnet', `work_${n}`, {
      vpc_id: '${aws_vpc.core.id}',
      cidr_block: `10.${n}.0.0/24`,
      availability_zone: `eu-west-1${'abc'[n % 3]}`,
    });
    add('aws_route_table', `work_${n}`, { vpc_id: '${aws_vpc.core.id}' });
    add('aws_route', `work_${n}`, {
      route_table_id: `\${aws_route_table.work_${n}.id}`,
      destination_cidr_block: '0.0.0.0/0',
      nat_gateway_id: '${aws_nat_gateway.out.id}',
    });
    add('aws_route_table_association', `work_${n}`, {
      subnet_id: `\${aws_subnet.work_${n}.id}`,
      route_table_id: `\${aws_route_table.work_${n}.id}`,
    });
  }
  for (let n = 0; n < functions; n += 1) addFunction(add, n, subnets);
  return JSON.stringify({ provider: { aws: [{ region: 'eu-west-1' }] }, terraform: {}, resource });
}

function addFunction(
  add: (type: string, name: string, attributes: Record<string, unknown>) => void,
  n: number,
  subnets: number,
): void {
  const name = `fn_${n}`;
  add('aws_iam_role', name, { name, assume_role_policy: '{}' });
  add('aws_iam_role_policy_attachment', name, {
    role: `\${aws_iam_role.${name}.name}`,
    policy_arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
  });
  add('aws_iam_role_policy', name, {
    role: `\${aws_iam_role.${name}.id}`,
    policy: JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          Resource: `\${aws_sqs_queue.${name}.arn}`,
        },
        { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: '${aws_s3_bucket.docs.arn}/*' },
        { Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: '*' },
      ],
    }),
  });
  add('aws_sqs_queue', name, { name, visibility_timeout_seconds: 400 });
  add('aws_lambda_function', name, {
    function_name: name,
    runtime: 'nodejs22.x',
    timeout: 60,
    memory_size: 512,
    role: `\${aws_iam_role.${name}.arn}`,
    vpc_config: {
      subnet_ids: [0, 1, 2].map((more) => `\${aws_subnet.work_${(n + more) % subnets}.id}`),
      security_group_ids: ['${aws_security_group.code.id}'],
    },
    environment: {
      variables: {
        DB_HOST: '${aws_db_instance.sql.address}',
        DOCS: '${aws_s3_bucket.docs.bucket}',
        PAY_URL: `https://api${n % 20}.payments.example.com/v1`,
      },
    },
  });
  add('aws_lambda_event_source_mapping', name, {
    event_source_arn: `\${aws_sqs_queue.${name}.arn}`,
    function_name: `\${aws_lambda_function.${name}.arn}`,
  });
}
