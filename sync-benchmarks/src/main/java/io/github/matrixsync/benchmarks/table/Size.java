package io.github.matrixsync.benchmarks.table;

/** How large the data is, and how long is measured. */
public enum Size {
  /** As small as possible; answers are checked, times mean nothing. */
  SMOKE,
  /** About a tenth; shows roughly where the figures will be. */
  QUICK,
  /** The size that the targets are for. */
  FULL;

  /** Returns the one of three numbers that belongs to this size. */
  public int of(int smoke, int quick, int full) {
    return switch (this) {
      case SMOKE -> smoke;
      case QUICK -> quick;
      case FULL -> full;
    };
  }
}
