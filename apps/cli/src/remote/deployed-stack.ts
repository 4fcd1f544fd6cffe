import { SlipstreamError } from '@slipstream/shared';

/** A stack as its deploy's outputs tell of it. */
export class DeployedStack {
  /** As it is named in the outputs: slipstream-dev. */
  readonly name: string;
  readonly outputs: Readonly<Record<string, string>>;

  constructor(name: string, outputs: Readonly<Record<string, string>>) {
    this.name = name;
    this.outputs = outputs;
  }

  /** `CONFIGURATION_INVALID` where the deploy did not say it. */
  require(output: string): string {
    const value = this.outputs[output];
    if (value !== undefined && value !== '') return value;
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      `The outputs of ${this.name} have no ${output}: deploy the stack as it is now, and give the file that the deploy writes with --outputs.`,
      { details: { output } },
    );
  }
}
