package io.github.matrixsync.testkit.internal.run;

/** Shows the story of a world as a suppressed exception of a failure, without a stack trace. Immutable. */
public final class StoryUpToHere extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoryUpToHere(String story) {
    super("the story up to here:\n" + story, null, false, false);
  }
}
