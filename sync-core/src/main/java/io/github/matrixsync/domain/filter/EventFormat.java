package io.github.matrixsync.domain.filter;

/**
 * The form in which a client wants events. Pure.
 *
 * <p>Source: {@code event_format} of "Filtering" in the Client-Server API.
 *
 * @since 0.1.0
 */
public enum EventFormat {
  /** The form for clients, without members that only servers need. */
  CLIENT("client"),

  /** The form in which servers exchange events. */
  FEDERATION("federation");

  private final String value;

  EventFormat(String value) {
    this.value = value;
  }

  /** Returns how a filter spells it. */
  public String value() {
    return value;
  }
}
