import { allows } from '../policy/allows.ts';
import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const natImagePolicyRule: Rule = {
  id: 'nat-image-policy',
  causes: [34, 13],
  title: "An endpoint's policy keeps the NAT instance from its packages",
  explanation:
    "Amazon Linux 2023's package repositories are S3 buckets (al2023-repos-REGION-…). A NAT instance whose subnet's table has the S3 gateway endpoint reaches them through its policy: one that names only one's own buckets stops dnf, and with it the set-up of the NAT.",
  page: PAGES.endpointPolicies,
  check: (examination) => {
    const { snapshot, index } = examination;
    const { region } = snapshot;
    return snapshot.endpoints.flatMap((endpoint) => {
      if (
        endpoint.type !== 'Gateway' ||
        !endpoint.service?.endsWith('.s3') ||
        endpoint.policy === null ||
        region === null
      )
        return [];
      const guests = snapshot.instances.filter(({ subnet_id, image, interface_ids, source_dest_check }) => {
        const isNat =
          source_dest_check === false ||
          snapshot.network_interfaces.some(
            ({ id, source_dest_check: check }) => interface_ids.includes(id) && check === false,
          );
        const table = subnet_id === null ? null : index.tableOf(subnet_id);
        return (
          isNat &&
          table !== null &&
          endpoint.route_table_ids?.includes(table.id) === true &&
          (image === null || /al2023|amazon-linux|ami-|amzn/i.test(image))
        );
      });
      const [guest] = guests;
      const bucket = `arn:aws:s3:::al2023-repos-${region}-de612dc2/core/mirrors/latest`;
      if (!guest || allows(endpoint.policy, { action: 's3:GetObject', resource: bucket, context: new Map() }) !== 'no')
        return [];
      return [
        makeFinding(examination, natImagePolicyRule, {
          severity: 'warning',
          certainty: 'inferred',
          message: `${guest.id} cannot install packages: the policy of ${endpoint.id} does not allow al2023-repos-${region}-de612dc2.`,
          resources: [endpoint.id, guest.id],
          evidence: [`the policy of ${endpoint.id} does not allow s3:GetObject on ${bucket}`],
          fix: {
            command: `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${endpoint.id} --reset-policy`,
            change: `Allow s3:GetObject on arn:aws:s3:::al2023-repos-${region}-de612dc2/* in the policy of ${endpoint.id}.`,
          },
          verify: verifyCommand(snapshot),
        }),
      ];
    });
  },
};
