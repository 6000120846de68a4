package io.github.matrixsync.examples.adapters.contract;

/** Whether a server notices that a client closes its connection while the client's poll is parked. */
public enum HangUps {
  NOTICED,
  /** Only if the poll is the last request on a connection that is to be kept. */
  NOTICED_ON_KEPT_CONNECTIONS,
  UNNOTICED
}
