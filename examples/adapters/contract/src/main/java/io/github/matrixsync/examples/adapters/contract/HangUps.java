package io.github.matrixsync.examples.adapters.contract;

/** Which clients a server notices that close their connection while a poll of theirs is parked. */
public enum HangUps {
  NOTICED,
  /** Those alone whose poll is the last request on a connection that is to be kept. */
  NOTICED_ON_KEPT_CONNECTIONS,
  UNNOTICED
}
