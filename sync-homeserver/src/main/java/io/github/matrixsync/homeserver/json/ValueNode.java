package io.github.matrixsync.homeserver.json;

import io.github.matrixsync.event.RawJson;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A JSON value without members: a string, a boolean, a number, {@code null}, JSON that was not parsed, or nothing.
 * Immutable.
 */
final class ValueNode extends JsonNode {
  private enum Kind {
    NULL,
    MISSING
  }

  static final ValueNode MISSING = new ValueNode(Kind.MISSING);

  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  /** A string, a boolean, a {@code Long}, {@code BigInteger} or {@code BigDecimal}, a {@code RawJson} or a kind. */
  private final Object value;

  private ValueNode(Object value) {
    this.value = value;
  }

  static ValueNode ofNull() {
    return new ValueNode(Kind.NULL);
  }

  static ValueNode of(String text) {
    return new ValueNode(text);
  }

  static ValueNode of(boolean value) {
    return new ValueNode(value);
  }

  static ValueNode of(long number) {
    return new ValueNode(number);
  }

  /** Returns a number as the parser gives it: small ones have one type, so that equal ones are equal. */
  static ValueNode of(Number number) {
    return new ValueNode(number instanceof Integer ? (Object) number.longValue() : number);
  }

  static ValueNode of(RawJson json) {
    return new ValueNode(json);
  }

  Object value() {
    return value;
  }

  @Override
  public boolean isMissingNode() {
    return value == Kind.MISSING;
  }

  @Override
  public boolean isNull() {
    return value == Kind.NULL;
  }

  @Override
  public boolean isString() {
    return value instanceof String;
  }

  @Override
  public boolean isBoolean() {
    return value instanceof Boolean;
  }

  @Override
  public boolean isIntegralNumber() {
    return value instanceof Long || value instanceof BigInteger;
  }

  @Override
  public boolean isLong() {
    return value instanceof Long;
  }

  @Override
  public String asString(String otherwise) {
    return value instanceof String text ? text : otherwise;
  }

  @Override
  public boolean asBoolean(boolean otherwise) {
    return value instanceof Boolean is ? is : otherwise;
  }

  @Override
  public long asLong(long otherwise) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof BigDecimal number) {
      boolean fits = number.compareTo(LEAST) >= 0 && number.compareTo(MOST) <= 0;
      return fits ? number.longValue() : otherwise;
    }
    return value instanceof String text ? parsed(text, otherwise) : otherwise;
  }

  private static long parsed(String text, long otherwise) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  @Override
  public JsonNode deepCopy() {
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValueNode node && value.equals(node.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
