import { CostExplorerClient, UpdateCostAllocationTagsStatusCommand } from '@aws-sdk/client-cost-explorer';
import { runScript, scriptArguments } from '../src/operate/arguments.ts';
import { STACK_TAG } from '../src/terraform/place.ts';

/**
 * npm run cost:tags -- --env dev: activates the tag by which a stack's costs are told apart; from then on its budget
 * counts. AWS knows the tag a day after the first deploy, and takes it from the payer's account only.
 */
scriptArguments('npm run cost:tags -- --env dev [--profile <AWS profile of the payer>]');

await runScript(async () => {
  // Cost Explorer has one endpoint, in us-east-1.
  const client = new CostExplorerClient({ region: 'us-east-1' });
  const { Errors = [] } = await client.send(
    new UpdateCostAllocationTagsStatusCommand({ CostAllocationTagsStatus: [{ TagKey: STACK_TAG, Status: 'Active' }] }),
  );
  const [error] = Errors;
  if (error)
    throw new Error(
      `${STACK_TAG} could not be activated: ${error.Message}. AWS knows it a day after the first deploy; in an organisation only the payer's account may activate it.`,
    );
  console.log(`${STACK_TAG} is active: costs from today on are counted by stack.`);
});
