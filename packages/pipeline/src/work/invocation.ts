/** The call that a use case works in: of a function on AWS, or of the program's own loop. */
export interface Invocation {
  readonly request_id: string;
  /** Milliseconds until it is ended from outside. */
  remainingMs(): number;
}
