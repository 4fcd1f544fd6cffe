import { addData } from './data.ts';
import { addEndpoints } from './endpoints.ts';
import { addFunctions } from './functions.ts';
import { addNetwork } from './network.ts';
import type { Style } from './style.ts';

export const REGION = 'eu-west-1';
export type Attributes = Record<string, unknown>;

/** A stack under construction: what is broken in it, and how it is written. */
export class Draft {
  readonly style: Style;
  readonly fault: string;
  readonly #resources: Record<string, Record<string, Attributes>> = {};
  readonly #data: Record<string, Record<string, Attributes>> = {};

  constructor(style: Style, fault: string) {
    this.style = style;
    this.fault = fault;
  }

  /** Whether it is one of these that is broken. */
  is(...faults: string[]): boolean {
    return faults.includes(this.fault);
  }

  add(type: string, name: string, attributes: Attributes): string {
    this.#resources[type] = { ...this.#resources[type], [name]: attributes };
    return `${type}.${name}`;
  }

  data(type: string, name: string, attributes: Attributes): string {
    this.#data[type] = { ...this.#data[type], [name]: attributes };
    return `data.${type}.${name}`;
  }

  /** The stack as a `cdk.tf.json`. `provider`: what else the provider is given, for a server of a test. */
  text(provider: Attributes = {}): string {
    return JSON.stringify({
      '//': { metadata: { backend: 'local', stackName: 'net', version: '0.21.0' }, outputs: {} },
      terraform: { required_providers: { aws: { source: 'aws', version: '>= 5.0' } } },
      provider: {
        aws: [
          { region: REGION, ...provider },
          { alias: 'us', region: 'us-east-1', ...provider },
        ],
      },
      ...(Object.keys(this.#data).length > 0 ? { data: this.#data } : {}),
      resource: this.#resources,
    });
  }
}

/** A healthy stack of that style (`fault` empty), or one that is broken in one way. */
export function adversaryStack(style: Style, fault = ''): Draft {
  const draft = new Draft(style, fault);
  addNetwork(draft);
  addEndpoints(draft);
  addData(draft);
  addFunctions(draft);
  return draft;
}

/** `${…}` */
export function ref(expression: string): string {
  return `\${${expression}}`;
}
