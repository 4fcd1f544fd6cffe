import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { imageParameter } from '../src/nat-instance/nat-image.ts';
import { runScript, scriptArguments } from '../src/operate/arguments.ts';

/** npm run nat:image -- --env dev: the newest version of the NAT's image, to be pinned as image_version. */
const { environment } = scriptArguments('npm run nat:image -- --env dev');

await runScript(async () => {
  const { nat, region } = environment;
  if (nat.kind !== 'instance') throw new Error(`${environment.name} has no NAT instance.`);
  const Name = imageParameter(nat.instance_type);
  const { Parameter } = await new SSMClient({ region }).send(new GetParameterCommand({ Name }));
  console.log(
    `${Name} in ${region}: image_version ${Parameter?.Version} is ${Parameter?.Value}, since ${Parameter?.LastModifiedDate?.toISOString()}`,
  );
});
