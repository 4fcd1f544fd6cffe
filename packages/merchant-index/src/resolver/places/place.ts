/** A business as a directory knows it. */
export interface Place {
  /** The directory's own id. */
  readonly place_id: string;
  readonly name: string;
  readonly address: string | null;
  /** E.164, or as the directory has it. */
  readonly phone: string | null;
  readonly website: string | null;
}
