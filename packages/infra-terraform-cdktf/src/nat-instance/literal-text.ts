import { Fn } from 'cdktn';

/** A text as it is, for use inside Terraform's functions: neither its `${` and `%{` nor its backslashes mean anything. */
export function literalText(text: string): string {
  return Fn.rawString(text.replaceAll('\\', '\\\\').replaceAll('%{', '%%{'));
}
