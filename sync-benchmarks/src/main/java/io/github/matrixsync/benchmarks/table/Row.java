package io.github.matrixsync.benchmarks.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of the table: a question's figure beside the floor that was measured in the same run. Immutable.
 *
 * @param question what was asked
 * @param figure what the engine takes
 * @param floor what the bare work takes, if there is such
 * @param ratio the figure as a multiple of the floor, if there is one
 * @param target what was aimed at; empty: shown without a target
 * @param verdict whether it was reached, or by how much it was missed; empty without a target
 */
// More than five parameters: one for each column of the table.
public record Row(
    String question, String figure, String floor, String ratio, String target, String verdict) {
  private static final String MET = "met";

  /** Begins the line of a question. */
  public static Measured of(String question, Amount figure) {
    return new Measured(question, figure, Optional.empty(), 0);
  }

  /** Begins the line of a question with a floor. */
  public static Measured of(String question, Amount figure, Amount floor) {
    return new Measured(question, figure, Optional.of(floor), figure.over(floor));
  }

  /** Begins the line of a question that was measured in turn with its floor. */
  public static Measured of(String question, Interleaved times) {
    return new Measured(
        question,
        Amount.nanos(times.figure()),
        Optional.of(Amount.nanos(times.floor())),
        times.ratio());
  }

  /** Returns whether the target, if there is one, was reached. */
  public boolean isMet() {
    return verdict.isEmpty() || verdict.equals(MET);
  }

  /** Returns the line's cells, in the order of the table. */
  public List<String> cells() {
    return List.of(question, figure, floor, ratio, target, verdict);
  }

  /** Returns the line of these cells. */
  public static Row ofCells(List<String> cells) {
    return new Row(
        cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5));
  }

  /**
   * A measured line, still without a target.
   *
   * @param question what was asked
   * @param figure what the engine takes
   * @param floor what the bare work takes
   * @param ratio the one as a multiple of the other
   */
  public record Measured(String question, Amount figure, Optional<Amount> floor, double ratio) {
    /** Returns the line without a target. */
    public Row untargeted() {
      return row("", "");
    }

    /** Returns the line with the most that the figure may be. */
    public Row atMost(Amount most) {
      return row("≤ " + most, verdict(figure.over(most)));
    }

    /** Returns the line with the least that the figure may be. */
    public Row atLeast(Amount least) {
      return row("≥ " + least, verdict(least.over(figure)));
    }

    /** Returns the line with the most that the figure may be of the floor. */
    public Row atMostTimesFloor(double times) {
      return row("≤ " + number(times) + " × floor", verdict(ratio / times));
    }

    /** Returns the line with the least that the figure, a rate, may be of the floor. */
    public Row atLeastOfFloor(double share) {
      return row("≥ " + Math.round(share * 100) + " % of floor", verdict(share / ratio));
    }

    /** Returns the line with a target that is no limit of a number. */
    public Row target(String wanted, boolean reached) {
      return row(wanted, reached ? MET : "missed");
    }

    private Row row(String target, String verdict) {
      String shownRatio = floor.isEmpty() ? "" : number(ratio) + " ×";
      return new Row(
          question,
          figure.toString(),
          floor.map(Amount::toString).orElse(""),
          shownRatio,
          target,
          verdict);
    }

    private static String verdict(double excess) {
      return excess <= 1 ? MET : "missed by " + number(excess) + " ×";
    }

    private static String number(double times) {
      if (times == Math.rint(times) || times >= 100) {
        return String.format(Locale.ROOT, "%.0f", times);
      }
      return String.format(Locale.ROOT, times >= 10 ? "%.1f" : "%.2f", times);
    }
  }
}
