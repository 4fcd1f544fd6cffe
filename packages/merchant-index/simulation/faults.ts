/** Ways in which the compactor could be built wrong. The real one has none of them. */
export interface Faults {
  /** `none`: nobody asks whose turn it is. `renewed by anybody`: a heartbeat that does not look whose lease it prolongs. */
  readonly fencing?: 'none' | 'renewed by anybody';
  /** A missing snapshot is made, as an empty one. */
  readonly emptyForMissing?: boolean;
  readonly writesNoTombstones?: boolean;
  readonly buriesNoLateRows?: boolean;
  /** Readers take every stored row for a living one. */
  readonly readsUnreduced?: boolean;
  readonly acknowledgesFirst?: boolean;
  /** The receipt's record is not read again: what the delta or an earlier message knew of it counts. */
  readonly trustsFirstRecord?: boolean;
  /** A receipt that is made again begins at revision 1. */
  readonly forgetsFloor?: boolean;
}
