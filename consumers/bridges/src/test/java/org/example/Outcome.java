package org.example;

/** What becomes of a message if a request that it needs goes wrong. */
enum Outcome {
  /** It arrives once, and the bridge knows. */
  ARRIVES,
  /** It arrives once, but the bridge believes that it is lost. */
  ARRIVES_UNNOTICED,
  /** It arrives twice. */
  DOUBLED,
  /** It is lost, and the bridge knows. */
  LOST,
  /** It is lost, but the bridge believes that it was sent. */
  LOST_UNNOTICED,
  /** It is lost, and so are all later ones of its author. */
  AUTHOR_LOST
}
