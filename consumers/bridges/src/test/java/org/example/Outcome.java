package org.example;

/** What becomes of a message if a request that it needs goes wrong. */
enum Outcome {
  /** It arrives once, and the bridge knows. */
  ARRIVES,
  /** It arrives once, and the bridge takes it for lost. */
  ARRIVES_UNNOTICED,
  /** It arrives twice. */
  DOUBLED,
  /** It is lost, and the bridge knows. */
  LOST,
  /** It is lost, and the bridge takes it for sent. */
  LOST_UNNOTICED,
  /** It is lost, and so are all later ones of its author. */
  AUTHOR_LOST
}
