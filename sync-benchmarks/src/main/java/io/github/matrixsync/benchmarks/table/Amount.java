package io.github.matrixsync.benchmarks.table;

import java.util.Locale;

/**
 * A measured number with its unit. Immutable.
 *
 * @param value the number, in the unit
 * @param unit the unit
 */
public record Amount(double value, Unit unit) {
  /** The units. */
  public enum Unit {
    /** Time. */
    NANOSECONDS,
    /** Memory. */
    BYTES,
    /** A rate. */
    PER_SECOND,
    /** A rate of bytes. */
    BYTES_PER_SECOND,
    /** Things, such as calls. */
    COUNT
  }

  /** Returns a time. */
  public static Amount nanos(double nanoseconds) {
    return new Amount(nanoseconds, Unit.NANOSECONDS);
  }

  /** Returns a time. */
  public static Amount millis(double milliseconds) {
    return nanos(milliseconds * 1e6);
  }

  /** Returns an amount of memory. */
  public static Amount bytes(double bytes) {
    return new Amount(bytes, Unit.BYTES);
  }

  /** Returns a rate. */
  public static Amount perSecond(double things) {
    return new Amount(things, Unit.PER_SECOND);
  }

  /** Returns the rate of {@code things} that take {@code nanoseconds} in all. */
  public static Amount rate(double things, double nanoseconds) {
    return perSecond(things * 1e9 / nanoseconds);
  }

  /** Returns the rate of {@code bytes} that take {@code nanoseconds} in all. */
  public static Amount throughput(double bytes, double nanoseconds) {
    return new Amount(bytes * 1e9 / nanoseconds, Unit.BYTES_PER_SECOND);
  }

  /** Returns a number of things. */
  public static Amount count(double things) {
    return new Amount(things, Unit.COUNT);
  }

  /** Returns this as a multiple of {@code other}. */
  public double over(Amount other) {
    return value / other.value;
  }

  /** Returns the number, rounded, in the unit that people read. */
  @Override
  public String toString() {
    return switch (unit) {
      case NANOSECONDS -> scaled(1_000, "ns", "µs", "ms", "s");
      case BYTES -> scaled(1_024, "B", "KiB", "MiB", "GiB");
      case BYTES_PER_SECOND -> scaled(1_024, "B/s", "KiB/s", "MiB/s", "GiB/s");
      case PER_SECOND -> plain() + "/s";
      case COUNT -> plain();
    };
  }

  private String scaled(double step, String... units) {
    double shown = value;
    int unit = 0;
    while (Math.abs(shown) >= step && unit < units.length - 1) {
      shown /= step;
      unit++;
    }
    return rounded(shown) + " " + units[unit];
  }

  private String plain() {
    return rounded(value);
  }

  private static String rounded(double number) {
    boolean whole = number == Math.rint(number) || Math.abs(number) >= 100;
    return String.format(
        Locale.ROOT, whole ? "%,.0f" : Math.abs(number) >= 10 ? "%.1f" : "%.2f", number);
  }
}
