package io.github.matrixsync;

/** The streams beside that of the room events, in the order of a token's parts. */
public enum SideStream {
  /** Who is there. */
  PRESENCE,
  /** Who is typing where. */
  TYPING,
  /** Who has read what. */
  RECEIPTS,
  /** What users' clients keep with the server. */
  ACCOUNT_DATA;

  /** Returns the number of its part in a token, 0 being the room part. */
  int part() {
    return ordinal() + 1;
  }
}
