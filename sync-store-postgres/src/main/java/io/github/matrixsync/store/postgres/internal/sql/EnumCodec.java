package io.github.matrixsync.store.postgres.internal.sql;

/** Enum constants as numbers: their places, which therefore are part of the tables and must stay. Pure. */
@SuppressWarnings("EnumOrdinal") // A test holds the constants to their numbers.
public final class EnumCodec {
  private EnumCodec() {}

  /** Returns the number of a constant. */
  public static short number(Enum<?> constant) {
    return (short) constant.ordinal();
  }

  /**
   * Returns the constant with a number.
   *
   * @param constants all of them
   */
  public static <E extends Enum<E>> E of(E[] constants, int number) {
    return constants[number];
  }
}
