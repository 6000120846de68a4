package io.github.matrixsync.store.postgres.internal.stream;

import java.util.Locale;

/** The streams of a store: their numbers in the table of streams, which are also the second keys of their locks. */
public enum StreamNumber {
  EVENTS(1, "event"),
  PRESENCE(2, "presence"),
  TYPING(3, "typing"),
  RECEIPTS(4, "receipt"),
  ACCOUNT_DATA(5, "account_data"),
  SETTINGS(6, "settings_change"),
  DEVICE_LISTS(7, "device_list"),
  TO_DEVICE(8, "to_device_inbox"),
  UNREAD_COUNTS(9, "unread_count");

  private final int number;
  private final String table;

  StreamNumber(int number, String table) {
    this.number = number;
    this.table = table;
  }

  /** Returns the number. */
  public int number() {
    return number;
  }

  /** Returns the table whose positions the stream has. */
  public String table() {
    return table;
  }

  /** Returns what the stream is called in messages. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Returns the stream with this number. */
  static StreamNumber of(int number) {
    return values()[number - 1];
  }
}
