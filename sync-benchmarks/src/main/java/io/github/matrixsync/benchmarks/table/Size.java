package io.github.matrixsync.benchmarks.table;

/** How large the shapes are, and how long is measured. */
public enum Size {
  /** As small as can be; answers are checked, times say nothing. */
  SMOKE,
  /** About a tenth; shows where the figures will lie. */
  QUICK,
  /** What the targets are for. */
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
