package io.github.matrixsync.law.sync;

/** Where a room stands in an answer. */
enum Section {
  JOIN,
  INVITE,
  KNOCK,
  LEAVE
}
